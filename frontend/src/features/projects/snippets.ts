import { firstTraceText } from "../../text/firstTrace";
import type { Preferences } from "../../lib/preferences";

export type Language = Preferences["language"];

export const languages: { id: Language; title: string; isInReadme: boolean }[] = [
  { id: "java", title: firstTraceText.languages.java, isInReadme: true },
  { id: "spring", title: firstTraceText.languages.spring, isInReadme: false },
  { id: "python", title: firstTraceText.languages.python, isInReadme: true },
  { id: "typescript", title: firstTraceText.languages.typescript, isInReadme: true },
  { id: "curl", title: firstTraceText.languages.curl, isInReadme: false },
];

/** Stands where a key belongs until there is one. */
export const KEY_PLACEHOLDER = "<your API key>";

/** `hasKeys`: the server wants to know who sends. The clients read the key from PHOENIX_API_KEY by themselves. */
export type Target = { endpoint: string; projectName: string; hasKeys: boolean };

/** What to install, and the fewest lines that send a span here. */
export function firstTrace(
  language: Language,
  { endpoint, projectName, hasKeys }: Target,
): { install: string | null; code: string } {
  switch (language) {
    case "java":
      return {
        install: `<dependency>
  <groupId>dev.phoenix</groupId>
  <artifactId>phoenix-otel</artifactId>
  <version>0.1.0-SNAPSHOT</version>
</dependency>`,
        code: `try (var phoenix = PhoenixOtel.builder()
        .endpoint("${endpoint}/v1/traces")
        .projectName("${projectName}").register()) {
    phoenix.tracer("my-app")
            .chain("answer")
            .input("What is the capital of France?")
            .call(() -> "Paris");
}`,
      };
    case "spring":
      return {
        install: `<dependency>
  <groupId>org.springframework.boot</groupId>
  <artifactId>spring-boot-starter-actuator</artifactId>
</dependency>
<dependency>
  <groupId>io.micrometer</groupId>
  <artifactId>micrometer-tracing-bridge-otel</artifactId>
</dependency>
<dependency>
  <groupId>io.opentelemetry</groupId>
  <artifactId>opentelemetry-exporter-otlp</artifactId>
</dependency>`,
        code: `# application.properties of Spring Boot 3; the calls of Spring AI are recorded by themselves
management.tracing.sampling.probability=1.0
management.otlp.tracing.endpoint=${endpoint}/v1/traces
${hasKeys ? "management.otlp.tracing.headers.authorization=Bearer ${PHOENIX_API_KEY}\n" : ""}management.opentelemetry.resource-attributes[openinference.project.name]=${projectName}
spring.ai.chat.observations.log-prompt=true
spring.ai.chat.observations.log-completion=true`,
      };
    case "python":
      return {
        install: "pip install arize-phoenix-otel",
        code: `from phoenix.otel import register

tracer = register(
    endpoint="${endpoint}/v1/traces",
    project_name="${projectName}").get_tracer(__name__)

@tracer.chain
def answer(question: str) -> str:
    return "Paris"

answer("What is the capital of France?")`,
      };
    case "typescript":
      return {
        install: "npm install @arizeai/phoenix-otel",
        code: `import { register, traceChain } from "@arizeai/phoenix-otel";

const provider = register({
  url: "${endpoint}",
  projectName: "${projectName}" });
const answer = traceChain(async (question: string) => "Paris", { name: "answer" });
await answer("What is the capital of France?");
await provider.shutdown();`,
      };
    case "curl":
      return { install: null, code: curl(endpoint, projectName, hasKeys) };
  }
}

function curl(endpoint: string, projectName: string, hasKeys: boolean): string {
  return `NOW=$(date +%s)
curl ${endpoint}/v1/traces \\
  -H 'content-type: application/json' \\
${hasKeys ? '  -H "authorization: Bearer $PHOENIX_API_KEY" \\\n' : ""}  -d '{"resourceSpans": [{
    "resource": {"attributes": [
      {"key": "openinference.project.name", "value": {"stringValue": "${projectName}"}}]},
    "scopeSpans": [{"spans": [{
      "traceId": "'$(openssl rand -hex 16)'", "spanId": "'$(openssl rand -hex 8)'", "name": "answer",
      "startTimeUnixNano": "'$NOW'000000000", "endTimeUnixNano": "'$NOW'250000000",
      "attributes": [
        {"key": "openinference.span.kind", "value": {"stringValue": "CHAIN"}},
        {"key": "input.value", "value": {"stringValue": "What is the capital of France?"}},
        {"key": "output.value", "value": {"stringValue": "Paris"}}]}]}]}]}'`;
}

/** How spans come to belong to a conversation, where one is answered. */
export function sessionSnippet(language: Language): string {
  switch (language) {
    case "java":
      return `try (var scope = OiContext.builder().sessionId(conversationId).open()) {
    answer(question);
}`;
    case "spring":
      return `// Inside of the request; observations below it belong to the same trace
observationRegistry.getCurrentObservation()
        .highCardinalityKeyValue("session.id", conversationId);`;
    case "python":
      return `from openinference.instrumentation import using_session

with using_session(conversation_id):
    answer(question)`;
    case "typescript":
      return `import { context } from "@opentelemetry/api";
import { setSession } from "@arizeai/openinference-core";

await context.with(setSession(context.active(), { sessionId: conversationId }), () => answer(question));`;
    case "curl":
      return `{"key": "session.id", "value": {"stringValue": "conversation-1"}}`;
  }
}
