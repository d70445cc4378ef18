export type Language = "java" | "python" | "typescript";

export const languages: { id: Language; title: string }[] = [
  { id: "java", title: "Java" },
  { id: "python", title: "Python" },
  { id: "typescript", title: "TypeScript" },
];

/** What to install, and the fewest lines that send a span here. */
export function firstTrace(
  language: Language,
  endpoint: string,
  projectName: string,
): { install: string; code: string } {
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
  }
}
