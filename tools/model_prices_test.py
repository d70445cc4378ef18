"""What happens to the price list when prices are published anew."""

import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

TOOL = pathlib.Path(__file__).parent / "model_prices.py"


class ModelPricesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.list = self.folder / "list.csv"

    def publish(self, day, models):
        wheel = self.folder / "litellm.whl"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("litellm/model_prices_and_context_window_backup.json", json.dumps(models))
        subprocess.run(
            [sys.executable, TOOL, wheel, "--source", "litellm 1", "--published", day, "--list", self.list],
            check=True, capture_output=True,
        )
        first, *lines = self.list.read_text().splitlines()
        return int(first.removeprefix("version ")), list(csv.DictReader(lines))

    def test_prices_that_changed_start_a_row_and_all_others_stay(self):
        same = {"litellm_provider": "openai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}
        version, before = self.publish("2026-01-01", {"same": same, "dearer": same, "gone": same})
        self.assertEqual((version, len(before)), (1, 3))
        self.assertEqual({row["valid_from"] for row in before}, {""})

        dearer = {**same, "input_cost_per_token": 3e-6}
        version, after = self.publish("2026-02-01", {"same": same, "dearer": dearer, "new": same})

        self.assertEqual(version, 2)
        self.assertEqual(after[:3], before)
        self.assertEqual(
            [(row["name"], row["valid_from"], row["input"]) for row in after[3:]],
            [("dearer", "2026-02-01", "3e-06"), ("new", "", "1e-06")],
        )
        self.assertEqual(self.publish("2026-03-01", {"same": same, "dearer": dearer}), (version, after))

    def test_patterns_find_names_as_senders_write_them(self):
        price = {"input_cost_per_token": 1e-6}
        _, rows = self.publish(
            "2026-01-01",
            {
                "gpt-4.1": {**price, "litellm_provider": "openai"},
                "azure/gpt-4.1": {**price, "litellm_provider": "azure"},
                "together-ai-4.1b-8b": {**price, "litellm_provider": "together_ai"},
                "unknown": {**price, "litellm_provider": "somebody"},
                "dall-e": {"litellm_provider": "openai", "input_cost_per_image": 1},
            },
        )
        maker, host = [row["pattern"] for row in rows]
        for name in ("gpt-4.1", "GPT-4.1", "openai/gpt-4.1", "gpt-4.1-2025-04-14"):
            self.assertTrue(re.search(maker, name), name)
        for name in ("gpt-4x1", "gpt-4.1-mini", "my-gpt-4.1"):
            self.assertFalse(re.search(maker, name), name)
        self.assertTrue(re.search(host, "azure/gpt-4.1"))

    def test_names_that_the_publication_implies_have_its_prices(self):
        cheap, dear = {"input_cost_per_token": 1e-6}, {"input_cost_per_token": 2e-6}
        _, rows = self.publish(
            "2026-01-01",
            {
                "gpt-4o": {**cheap, "litellm_provider": "openai"},
                "gpt-4o-2024-05-13": {**dear, "litellm_provider": "openai"},
                "gpt-4o-audio-2024-12-17": {**cheap, "litellm_provider": "openai"},
                "gpt-4o-audio-2025-06-03": {**dear, "litellm_provider": "openai"},
                "mistral-large-latest": {**cheap, "litellm_provider": "mistral"},
                "claude-sonnet-5-20260101": {**cheap, "litellm_provider": "anthropic"},
                "anthropic.claude-sonnet-4-20250514-v1:0": {**dear, "litellm_provider": "bedrock_converse"},
                "eu.anthropic.claude-sonnet-4-20250514-v1:0": {**cheap, "litellm_provider": "bedrock_converse"},
                "anthropic.claude-sonnet-5-20260101-v1:0": {**dear, "litellm_provider": "bedrock_converse"},
                "claude-3-haiku@20240307": {**cheap, "litellm_provider": "vertex_ai-anthropic_models"},
            },
        )
        implied = [(row["name"], row["provider"], row["source"], row["input"]) for row in rows[10:]]
        self.assertEqual(
            implied,
            [
                ("gpt-4o-audio", "openai", "litellm 1 (gpt-4o-audio-2025-06-03)", "2e-06"),
                ("claude-sonnet-5", "anthropic", "litellm 1 (claude-sonnet-5-20260101)", "1e-06"),
                ("claude-sonnet-4", "anthropic", "litellm 1 (bedrock_converse)", "2e-06"),
                ("claude-3-haiku", "anthropic", "litellm 1 (vertex_ai-anthropic_models)", "1e-06"),
            ],
        )
        sonnet = rows[-2]["pattern"]
        for name in ("claude-sonnet-4", "claude-sonnet-4-0", "claude-sonnet-4-20250514", "claude-sonnet-4@20250514"):
            self.assertTrue(re.search(sonnet, name), name)
        for name in ("claude-sonnet-4-5", "claude-sonnet-40"):
            self.assertFalse(re.search(sonnet, name), name)


if __name__ == "__main__":
    unittest.main()
