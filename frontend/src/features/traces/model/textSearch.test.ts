import { describe, expect, it } from "vitest";
import { condition, ownFields } from "./textSearch";

const attribute = (insertText: string) => ({ category: "attribute", insertText });

describe("the names that senders gave", () => {
  it("are searched by their first part, once, unless they are searched anyway", () => {
    const terms = ["shop.order.id", "shop.basket", "llm.model_name", "tenant"].map(attribute);
    expect(ownFields(terms)).toEqual(["attributes['shop']", "attributes['tenant']"]);
  });

  it("are written as the vocabulary writes them where they are no plain words", () => {
    expect(ownFields([attribute("attributes['my-app'].x"), attribute(String.raw`attributes['it\'s']['a']`)])).toEqual([
      "attributes['my-app']",
      String.raw`attributes['it\'s']`,
    ]);
  });

  it("are attributes, nothing else of the vocabulary", () => {
    expect(ownFields([{ category: "annotation", insertText: "annotations['quality'].score" }])).toEqual([]);
  });

  it("are asked for beside the known ones", () => {
    expect(condition("lamp", ["attributes['shop']"])).toMatch(
      /^"lamp" in name or .* or "lamp" in attributes\['shop'\]$/,
    );
  });
});
