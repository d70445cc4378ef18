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
        code: `var phoenix = PhoenixOtel.builder()
    .endpoint("${endpoint}/v1/traces")
    .projectName("${projectName}")
    .build()
    .register();

try (var span = phoenix.tracer("quickstart").chain("hello").input("ping").startScoped()) {
  span.output("pong");
}`,
      };
    case "python":
      return {
        install: "pip install arize-phoenix-otel",
        code: `from phoenix.otel import register

tracer_provider = register(
    project_name="${projectName}",
    endpoint="${endpoint}/v1/traces",
)
tracer = tracer_provider.get_tracer("quickstart")

with tracer.start_as_current_span("hello", openinference_span_kind="chain") as span:
    span.set_input("ping")
    span.set_output("pong")`,
      };
    case "typescript":
      return {
        install: "npm install @arizeai/phoenix-otel",
        code: `import { register, trace } from "@arizeai/phoenix-otel";

const provider = register({
  projectName: "${projectName}",
  url: "${endpoint}",
});

const span = trace.getTracer("quickstart").startSpan("hello", {
  attributes: { "openinference.span.kind": "CHAIN", "input.value": "ping", "output.value": "pong" },
});
span.end();
await provider.forceFlush();`,
      };
  }
}
