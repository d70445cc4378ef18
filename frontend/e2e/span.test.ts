import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { sendRecording, sendTrace } from "./support/otlp";
import { graphql, projectName, projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

const project = projectName("span");
let path: string;
let question: string;

const tree = (page: Page) => page.getByRole("treegrid", { name: "Spans of the trace" });
const details = (page: Page, span: string | RegExp) =>
  page.getByRole("article", { name: typeof span === "string" ? `Span ${span}` : span, exact: true });

/** Traces of a recording in a project of its own. */
async function recorded(name: string): Promise<{ path: string; traces: string[] }> {
  const own = projectName(name);
  await sendRecording(name, own);
  const { getProjectByName: found } = await graphql<{
    getProjectByName: { traces: { edges: { node: { traceId: string } }[] } };
  }>("query ($name: String!) { getProjectByName(name: $name) { traces(first: 50) { edges { node { traceId } } } } }", {
    name: own,
  });
  return { path: await projectPath(own), traces: found.traces.edges.map(({ node }) => node.traceId) };
}

async function spanOf(
  pathOfProject: string,
  condition: string,
): Promise<{ id: string; traceId: string; name: string }> {
  const id = decodeURIComponent(pathOfProject.split("/").at(-1) ?? "");
  const { node } = await graphql<{
    node: { spans: { edges: { node: { id: string; name: string; trace: { traceId: string } } }[] } };
  }>(
    "query ($id: ID!, $condition: String) { node(id: $id) { ... on Project { spans(first: 1, filterCondition: $condition) { edges { node { id name trace { traceId } } } } } } }",
    { id, condition },
  );
  const [first] = node.spans.edges;
  if (!first) throw new Error(`No span is ${condition}`);
  return { id: first.node.id, traceId: first.node.trace.traceId, name: first.node.name };
}

async function openSpan(pathOfProject: string, condition: string, more = "", options = {}): Promise<[Page, string]> {
  const { id, traceId, name } = await spanOf(pathOfProject, condition);
  const page = await open(
    `${pathOfProject}/traces/${traceId}?view=page&selectedSpanNodeId=${encodeURIComponent(id)}${more}`,
    options,
  );
  await details(page, name).waitFor();
  return [page, name];
}

beforeAll(async () => {
  question = await sendTrace(project, supportQuestion, { secondsAgo: 60 });
  path = await projectPath(project);
});

describe("why something is blank", () => {
  it("is told where content was hidden on purpose, with what to change", async () => {
    const hidden = await recorded("oi-py-openai-hidden");
    const [page] = await openSpan(hidden.path, "span_kind == 'LLM'");
    const why = page.getByRole("region", { name: "Why is this blank?" });
    await why.getByText("Input messages").waitFor();
    await why.getByText("only when told to").first().waitFor();
    await why.getByText("OPENINFERENCE_HIDE_INPUTS").first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "span-blank-light");
  });

  it("is told of libraries of other conventions, with what was read from where", async () => {
    const spring = await recorded("java-langchain4j-listener");
    const [page, name] = await openSpan(spring.path, "span_kind == 'LLM'", "", { theme: "dark" });
    await details(page, name).getByText("LangChain4j").first().waitFor();
    await details(page, name)
      .getByRole("button", { name: /fields read from other names/ })
      .click();
    await details(page, name).getByText("gen_ai.request.model").first().waitFor();
    await screenshot(page, "span-origin-dark");
    await page.getByRole("tab", { name: "Attributes" }).click();
    await page
      .getByRole("row", { name: /llm\.model_name/ })
      .getByText("derived")
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "attributes-derived-dark");
  });

  it("is told of values that were secrets", async () => {
    const own = projectName("masked");
    await sendTrace(own, {
      name: "leaky",
      kind: "LLM",
      attributes: {
        "input.value": "hello",
        "llm.invocation_parameters": JSON.stringify({ api_key: "sk-proj-0123456789abcdefghijklmnopqrstuvwxyz012345" }),
      },
    });
    const [page] = await openSpan(await projectPath(own), "name == 'leaky'");
    await page.getByText(/held a secret/).waitFor();
    expect(await page.content()).not.toContain("0123456789abcdefghijklmnopqrstuvwxyz");
  });
});

describe("a trace as a conversation", () => {
  it("is what was said, each message once, with what every call took", async () => {
    const page = await open(`${path}/traces/${question}?view=page`);
    await details(page, "support_agent").waitFor();
    await page.keyboard.press("v");
    const conversation = page.getByRole("region", { name: "Conversation" });
    await conversation.getByText("3 to 5 working days").first().waitFor();
    await page.waitForURL(/traceView=conversation/);
    expect(await conversation.getByText("My order 4711 arrived with a broken lamp", { exact: false }).count()).toBe(1);
    expect(await conversation.getByRole("button", { name: /^Show the span/ }).allInnerTexts()).toEqual([
      expect.stringMatching(/^1\s+plan\s+gpt-5-mini.*842\s*ms.*669 tok/s),
      expect.stringMatching(/^2\s+find_order.*188\s*ms/s),
      expect.stringMatching(/^3\s+answer\s+gpt-5\.2.*2\.10\s*s.*1,330 tok/s),
    ]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "trace-conversation-light");
    await conversation.getByRole("button", { name: "Show the span find_order" }).click();
    await details(page, "find_order").waitFor();
    await page.waitForURL(/selectedSpanNodeId=/);
    await page.reload();
    await details(page, "find_order").waitFor();
    await conversation.waitFor();
    await page.keyboard.press("v");
    await tree(page).waitFor();
  });

  it("says so where nothing was said", async () => {
    const own = projectName("silent");
    const trace = await sendTrace(own, { name: "job", ms: 10 });
    const page = await open(`${await projectPath(own)}/traces/${trace}?view=page&traceView=conversation`);
    await page.getByRole("heading", { name: "There is no conversation in this trace" }).waitFor();
    await screenshot(page, "trace-conversation-none-light");
  });

  it("stacks on a tablet, in the dark", async () => {
    const page = await open(`${path}/traces/${question}?traceView=conversation`, {
      viewport: { width: 820, height: 1180 },
      theme: "dark",
    });
    await page.getByRole("region", { name: "Conversation" }).getByText("Item").first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "trace-conversation-tablet-dark");
  });
});

describe("a span", () => {
  it("is copied as JSON, and as programs that read it or make the call again", async () => {
    const [page] = await openSpan(path, "name == 'answer'", "", { permissions: ["clipboard-read", "clipboard-write"] });
    const copied = async (what: string) => {
      await page.getByRole("button", { name: "Copy as" }).click();
      await page.getByRole("menuitem", { name: what, exact: true }).click();
      await page.getByText(`Copied as ${what}`).first().waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(JSON.parse(await copied("JSON"))).toMatchObject({ name: "answer", span_kind: "LLM" });
    const curl = await copied("cURL");
    const address = /'(http[^']+)'/.exec(curl)?.[1] ?? "";
    const { data } = (await (await fetch(address)).json()) as { data: { name: string }[] };
    expect(data.map(({ name }) => name)).toEqual(["answer"]);
    expect(await copied("Python")).toContain("client.spans.get_spans");
    expect(await copied("Java")).toContain("HttpRequest.newBuilder");
    expect(await copied("The same call again")).toMatch(/chat\/completions[\s\S]*"temperature": 0\.2[\s\S]*4711/);
  });

  it("says what each type of its tokens cost", async () => {
    const own = projectName("priced");
    await sendTrace(own, {
      name: "priced",
      kind: "LLM",
      attributes: {
        "llm.model_name": "gpt-4o-mini",
        "llm.provider": "openai",
        "llm.token_count.prompt": 1000,
        "llm.token_count.completion": 500,
        "llm.token_count.total": 1500,
        "llm.token_count.prompt_details.cache_read": 400,
      },
    });
    const [page] = await openSpan(await projectPath(own), "name == 'priced'");
    const cost = details(page, "priced").getByRole("button", { name: /^\$/ });
    // A pointer comes from somewhere.
    await page.mouse.move(5, 5);
    await cost.hover();
    await page.getByRole("tooltip").getByText("prompt: cache read").waitFor();
    await page.getByRole("tooltip").getByText("completion: output").waitFor();
    await screenshot(page, "span-cost-light");
  });

  it("says how long the model took to its first token", async () => {
    const own = projectName("first-token");
    await sendTrace(own, {
      name: "streamed",
      kind: "LLM",
      attributes: { "llm.model_name": "gpt-4o-mini", "gen_ai.response.time_to_first_chunk": 0.25 },
    });
    const [page] = await openSpan(await projectPath(own), "name == 'streamed'");
    const fact = details(page, "streamed").getByText("First token").locator("..");
    await expect.poll(() => fact.innerText()).toMatch(/First token\s+250\s?ms/);
  });

  it("plays recordings, with what was said in them", async () => {
    // Half a second of silence.
    const wav = Buffer.alloc(44 + 4000);
    wav.write("RIFF", 0);
    wav.writeUInt32LE(36 + 4000, 4);
    wav.write("WAVEfmt ", 8);
    wav.writeUInt32LE(16, 16);
    wav.writeUInt16LE(1, 20);
    wav.writeUInt16LE(1, 22);
    wav.writeUInt32LE(8000, 24);
    wav.writeUInt32LE(8000, 28);
    wav.writeUInt16LE(1, 32);
    wav.writeUInt16LE(8, 34);
    wav.write("data", 36);
    wav.writeUInt32LE(4000, 40);
    const own = projectName("spoken");
    const prefix = "llm.input_messages.0.message";
    await sendTrace(own, {
      name: "spoken",
      kind: "LLM",
      attributes: {
        [`${prefix}.role`]: "user",
        [`${prefix}.contents.0.message_content.type`]: "audio",
        [`${prefix}.contents.0.message_content.audio.audio.url`]: `data:audio/wav;base64,${wav.toString("base64")}`,
        [`${prefix}.contents.0.message_content.audio.audio.transcript`]: "Where is my lamp?",
      },
    });
    const [page] = await openSpan(await projectPath(own), "name == 'spoken'");
    await page.getByText("Where is my lamp?").waitFor();
    await expect
      .poll(() => page.locator("audio").evaluate((audio) => (audio as HTMLAudioElement).duration))
      .toBeCloseTo(0.5);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "span-audio-light");
  });
});

describe("bad input on the trace page", () => {
  const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const arabic = "مرحبا، أين طلبي؟ 🛋️👩🏽‍💻 (4711)";

  it("is text, whatever it is: markup, right-to-left, emoji, broken JSON, kinds nobody knows", async () => {
    const own = projectName("bad");
    const trace = await sendTrace(own, {
      name: hostile,
      kind: "QUANTUM",
      ms: 0,
      attributes: {
        "input.value": hostile,
        "input.mime_type": "application/json",
        "output.value": '{"broken": [1, 2',
        "output.mime_type": "application/json",
        metadata: "{not json",
        "llm.input_messages": "not a list",
        [hostile]: hostile,
      },
      children: [
        {
          name: arabic,
          kind: "LLM",
          ms: 0,
          attributes: {
            "llm.input_messages.0.message.role": hostile,
            "llm.input_messages.0.message.content": arabic,
            "llm.output_messages.0.message.content": hostile,
            "llm.invocation_parameters": "{broken",
            "llm.tools.0.tool.json_schema": "{broken",
          },
        },
      ],
    });
    const page = await open(`${await projectPath(own)}/traces/${trace}?view=page`);
    await page.getByRole("heading", { name: hostile }).first().waitFor();
    await page.getByRole("tabpanel").getByText('{"broken": [1, 2').waitFor();
    await tree(page).getByText("Unknown").first().waitFor({ state: "attached" });
    await page.getByRole("tab", { name: "Attributes" }).click();
    await page
      .getByRole("row", { name: /onerror/ })
      .first()
      .waitFor();
    await page.getByRole("tab", { name: "Info" }).click();
    await tree(page).getByText(arabic).click();
    const message = details(page, arabic).getByRole("article").getByText(arabic);
    await message.waitFor();
    expect(await message.evaluate((node) => getComputedStyle(node).direction)).toBe("rtl");
    await screenshot(page, "bad-input-light");
    await page.keyboard.press("v");
    await page.getByRole("region", { name: "Conversation" }).getByText(arabic).first().waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("of ten thousand attributes scrolls, and is searched", async () => {
    const own = projectName("wide");
    const attributes = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`own.key_${index}`, `value ${index}`]),
    );
    const trace = await sendTrace(own, { name: "wide", attributes });
    const page = await open(`${await projectPath(own)}/traces/${trace}?view=page&spanTab=attributes`);
    await page.getByText(/1[01],?\d*,?\d{3} attributes|10,00\d attributes/).waitFor();
    expect(await page.getByRole("row").count()).toBeLessThan(200);
    await page.getByRole("searchbox", { name: "Search attributes" }).fill("key_9999");
    await page.getByRole("row", { name: /own\.key_9999/ }).waitFor();
  });
});
