"""Brings the price list of the server up to date with a published one.

    python3 tools/model_prices.py SOURCE --source 'litellm 1.107.0' --published 2026-12-01

SOURCE is the wheel of litellm (`pip download --no-deps litellm`), or a CSV file with the same columns. Rows are never
rewritten: a price that changed ends where a new row starts, a model that vanished keeps its last price. What changes a
row already there is a correction, made by hand; then raise the version in the first line as well.
"""

import argparse
import csv
import itertools
import json
import pathlib
import re
import zipfile

LIST = pathlib.Path(__file__).parent.parent / "phoenix-server/src/main/resources/prices/model-prices.csv"
PUBLISHED_FILE = "model_prices_and_context_window_backup.json"

# Whose models these are, or who else serves them, by the name that senders put into llm.provider. Makers come first.
MAKERS = {
    "openai": "openai", "anthropic": "anthropic", "gemini": "google", "mistral": "mistralai", "xai": "xai",
    "deepseek": "deepseek", "cohere": "cohere", "cohere_chat": "cohere", "moonshot": "moonshot", "zai": "zai",
    "minimax": "minimax", "ai21": "ai21", "voyage": "voyage", "jina_ai": "jina_ai",
}
HOSTS = {
    "azure": "azure", "azure_ai": "azure", "bedrock": "aws", "bedrock_converse": "aws", "vertex_ai": "google",
    "vertex_ai-language-models": "google", "vertex_ai-embedding-models": "google", "vertex_ai-anthropic_models": "google",
    "vertex_ai-mistral_models": "google", "vertex_ai-llama_models": "google", "vertex_ai-qwen_models": "google",
    "vertex_ai-deepseek_models": "google", "groq": "groq", "cerebras": "cerebras", "together_ai": "together",
    "fireworks_ai": "fireworks", "perplexity": "perplexity", "deepinfra": "deepinfra", "sambanova": "sambanova",
    "dashscope": "dashscope", "databricks": "databricks", "watsonx": "watsonx", "hyperbolic": "hyperbolic",
    "nscale": "nscale",
}
# How hosts that sell at the makers' prices name models of Anthropic, the first for choice.
HOSTED = {
    "bedrock_converse": re.compile(r"anthropic\.(?P<name>claude-.+?)(?P<date>-\d{8})-v\d+:\d+"),
    "bedrock": re.compile(r"anthropic\.(?P<name>claude-.+?)(?P<date>-\d{8})-v\d+:\d+"),
    "vertex_ai-anthropic_models": re.compile(r"(?P<name>claude-.+?)(?P<date>@\d{8})"),
    "anthropic": re.compile("(?P<name>)(?P<date>)"),
}
# Prices for classes of sizes, which no sender uses as the name of a model.
SIZE_CLASS = re.compile(r"^(together-ai|fireworks-ai)-")

PRICES = {
    "input": "input_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "input_audio": "input_cost_per_audio_token",
    "input_image": "input_cost_per_image_token",
    "output": "output_cost_per_token",
    "reasoning": "output_cost_per_reasoning_token",
    "output_audio": "output_cost_per_audio_token",
    "output_image": "output_cost_per_image_token",
    "input_above": None,
    "output_above": None,
}
COLUMNS = ["name", "provider", "pattern", "valid_from", "source", "published", "above_tokens", *PRICES]
# What may follow a name: a date or number of a version, or "latest". It must pin down less than any date that is written
# out, or the row of the name would win over that of the dated model; and hold no comma, which ends a cell.
VERSION = r"(?:[-@]\d{2}[\d-]+|-[latest]{6})?"
DATED = re.compile(r"(-\d{4}-\d{2}-\d{2}|-\d{2}-\d{4}|[-@]\d{8}|-\d{4}|-latest)$")
SPECIAL = re.compile(r"([.^$*+?{}\[\]|()\\])")


def published_rows(source):
    if source.suffix == ".csv":
        with source.open(newline="") as file:
            yield from csv.DictReader(file)
        return
    with zipfile.ZipFile(source) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(PUBLISHED_FILE))
        for model, row in json.loads(wheel.read(name)).items():
            yield {**row, "model": model, "provider": row.get("litellm_provider", "")}


def rate(value):
    """As short as it can be written without changing the number."""
    return "" if value in (None, "") else repr(float(value))


def pattern(provider, model):
    """A maker's name may be dated and stand behind any path. Patterns of hosts are less specific, so that a name alone is
    priced as its maker does and a host's price needs the host's llm.provider."""
    bare = model.removeprefix(provider + "/").removeprefix("vertex_ai/").removeprefix("bedrock/")
    # Vertex writes the date of a model behind @, its maker behind a dash.
    literal = SPECIAL.sub(r"\\\1", bare).replace("@", "[-@]")
    if provider not in MAKERS:
        return f"(?i)(?:^|/){literal}$"
    return f"(?i)^(?:.*/)?{literal}{'' if DATED.search(bare) else VERSION}$"


def price_row(published, arguments):
    provider, model = published["provider"], published["model"]
    row = {
        "name": model,
        "provider": {**MAKERS, **HOSTS}[provider],
        "pattern": pattern(provider, model),
        "valid_from": "",
        "source": arguments.source,
        "published": arguments.published,
        "above_tokens": "",
    }
    row.update({column: rate(published.get(key)) if key else "" for column, key in PRICES.items()})
    for tokens in (200, 272):
        above = rate(published.get(f"input_cost_per_token_above_{tokens}k_tokens"))
        if above:
            row["above_tokens"] = str(tokens * 1000)
            row["input_above"] = above
            row["output_above"] = rate(published.get(f"output_cost_per_token_above_{tokens}k_tokens"))
            break
    return row


def retired(published):
    """Models that their maker lists no more, and hosts still do: under the maker's own name, at the price of the host."""
    listed = {entry["model"] for entry in published if entry["provider"] in MAKERS}
    found = {}
    for entry in sorted(published, key=lambda entry: (list(HOSTED).index(entry["provider"]), entry["model"])):
        match = HOSTED[entry["provider"]].fullmatch(entry["model"])
        if match and not any(name.startswith(match["name"] + match["date"]) for name in listed):
            kept = found.setdefault(match["name"], (entry, match["date"]))
            if kept[0]["provider"] == entry["provider"] and match["date"] > kept[1]:
                found[match["name"]] = (entry, match["date"])
    return {name: entry for name, (entry, _) in found.items() if name not in listed}


def undated(published):
    """Names without a date that are listed with dates only: at the price of the newest. Names without a number stand for
    another model every year, so they are left out."""
    listed = {(entry["provider"], entry["model"]) for entry in published}
    newest = {}
    for entry in published:
        base = DATED.sub("", entry["model"])
        key = entry["provider"], base
        implied = entry["provider"] in MAKERS and base != entry["model"] and re.search(r"\d", base) and key not in listed
        if implied and (key not in newest or newest[key]["model"] < entry["model"]):
            newest[key] = entry
    return newest


def named_otherwise(published, arguments):
    """Rows for names that the publication implies and does not have."""
    for (_, base), entry in undated(published).items():
        yield {**price_row({**entry, "model": base}, arguments), "source": f"{arguments.source} ({entry['model']})"}
    hosted = [entry for entry in published if entry["provider"] in HOSTED]
    for name, entry in retired([*hosted, *(entry for entry in published if entry["provider"] == "anthropic")]).items():
        row = price_row({**entry, "model": name, "provider": "anthropic"}, arguments)
        # Anthropic's alias of the first model of a number.
        number = re.search(r"-\d+$", name) and not re.search(r"-\d+-\d+$", name)
        row["pattern"] = row["pattern"].replace(VERSION, "(?:-0)?" + VERSION) if number else row["pattern"]
        yield {**row, "source": f"{arguments.source} ({entry['provider']})"}


def wanted(published):
    provider = published.get("provider")
    return (
        (provider in MAKERS or provider in HOSTS)
        and not SIZE_CLASS.match(published["model"])
        and rate(published.get("input_cost_per_token"))
    )


def prices_of(row):
    return [row[column] for column in ("above_tokens", *PRICES)]


def merge(known, published, arguments):
    rows, latest, seen = list(known), {identity(row): row for row in known}, set()
    order = [*MAKERS, *HOSTS]
    entries = sorted(filter(wanted, published), key=lambda entry: order.index(entry["provider"]))
    for row in itertools.chain(
        (price_row(entry, arguments) for entry in entries), named_otherwise(entries, arguments)
    ):
        if identity(row) in seen:
            continue
        seen.add(identity(row))
        before = latest.get(identity(row))
        if before and prices_of(before) == prices_of(row):
            continue
        row["valid_from"] = arguments.published if before else ""
        rows.append(row)
    return rows


def identity(row):
    return row["pattern"], row["provider"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", metavar="SOURCE", type=pathlib.Path)
    parser.add_argument("--source", required=True, help="where the prices come from, with its version")
    parser.add_argument("--published", required=True, help="day of that publication, YYYY-MM-DD")
    parser.add_argument("--list", type=pathlib.Path, default=LIST)
    arguments = parser.parse_args()
    version, known = 0, []
    if arguments.list.exists():
        first, *lines = arguments.list.read_text().splitlines()
        version, known = int(first.removeprefix("version ")), list(csv.DictReader(lines))
    rows = merge(known, published_rows(arguments.wheel), arguments)
    if rows != known:
        with arguments.list.open("w", newline="") as file:
            file.write(f"version {version + 1}\n")
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    print(f"{len(rows) - len(known)} new rows, {len(rows)} in all")


if __name__ == "__main__":
    main()
