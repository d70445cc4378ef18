// The server keeps one schema file per feature and extends types across them; the compiler takes `extend` for
// client-only fields, so the extensions are folded into one file here.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, print } from "graphql";

const source = join(import.meta.dirname, "../../phoenix-server/src/main/resources/graphql");
const target = join(import.meta.dirname, "../target/schema.graphql");

const { kind, definitions } = parse(
  readdirSync(source)
    .filter((name) => name.endsWith(".graphqls"))
    .map((name) => readFileSync(join(source, name), "utf8"))
    .join("\n"),
);

const isExtension = (definition) => definition.kind.endsWith("Extension");
const extensions = Map.groupBy(definitions.filter(isExtension), ({ name }) => name.value);

const schema = print({
  kind,
  definitions: definitions
    .filter((definition) => !isExtension(definition))
    .map((definition) => {
      const extended = extensions.get(definition.name?.value) ?? [];
      return {
        ...definition,
        fields: [definition, ...extended].flatMap(({ fields = [] }) => fields),
      };
    }),
});

if (!existsSync(target) || readFileSync(target, "utf8") !== schema) {
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, schema);
}
