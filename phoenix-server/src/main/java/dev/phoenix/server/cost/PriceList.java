package dev.phoenix.server.cost;

import dev.phoenix.server.cost.TokenPrice.LongPrompt;
import dev.phoenix.server.db.Nanos;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The prices that come with the server; {@code tools/model_prices.py} maintains the file.
 *
 * @param version counts the changes of the file
 */
record PriceList(long version, List<ListedModel> models) {

    private static final String FILE = "/prices/model-prices.csv";

    PriceList {
        models = List.copyOf(models);
    }

    static PriceList shipped() {
        try (BufferedReader file = open()) {
            long version = version(file);
            List<String> columns = List.of(Objects.requireNonNull(file.readLine()).split(","));
            List<ListedModel> models =
                    file.lines().map(line -> model(cells(columns, line))).toList();
            return new PriceList(version, models);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without reading the rest. */
    static long shippedVersion() {
        try (BufferedReader file = open()) {
            return version(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open() {
        InputStream file = Objects.requireNonNull(PriceList.class.getResourceAsStream(FILE), FILE);
        return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
    }

    private static long version(BufferedReader file) throws IOException {
        return Long.parseLong(file.readLine().substring("version ".length()));
    }

    private static Map<String, String> cells(List<String> columns, String line) {
        List<String> values = Arrays.asList(line.split(",", -1));
        if (values.size() != columns.size()) {
            throw new IllegalStateException("a row of " + FILE + " has other columns: " + line);
        }
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), values.get(i));
        }
        return cells;
    }

    private static ListedModel model(Map<String, String> cells) {
        return new ListedModel(
                cell(cells, "name"),
                cell(cells, "provider"),
                cell(cells, "pattern"),
                start(cell(cells, "valid_from")),
                cell(cells, "source") + " of " + cell(cells, "published"),
                prices(cells));
    }

    private static List<TokenPrice> prices(Map<String, String> cells) {
        List<TokenPrice> prices = new ArrayList<>();
        add(prices, "input", true, cell(cells, "input"), longPrompt(cells, "input_above"));
        add(prices, "cache_read", true, cell(cells, "cache_read"), null);
        add(prices, "cache_write", true, cell(cells, "cache_write"), null);
        add(prices, "cache_write_1h", true, cell(cells, "cache_write_1h"), null);
        add(prices, "audio", true, cell(cells, "input_audio"), null);
        add(prices, "image", true, cell(cells, "input_image"), null);
        add(prices, "output", false, cell(cells, "output"), longPrompt(cells, "output_above"));
        add(prices, "reasoning", false, cell(cells, "reasoning"), null);
        add(prices, "audio", false, cell(cells, "output_audio"), null);
        add(prices, "image", false, cell(cells, "output_image"), null);
        return prices;
    }

    private static void add(
            List<TokenPrice> prices,
            String type,
            boolean prompt,
            String rate,
            @Nullable LongPrompt above) {
        if (!rate.isEmpty()) {
            prices.add(new TokenPrice(type, prompt, Double.parseDouble(rate), above));
        }
    }

    private static @Nullable LongPrompt longPrompt(Map<String, String> cells, String column) {
        String rate = cell(cells, column);
        return rate.isEmpty()
                ? null
                : new LongPrompt(
                        Long.parseLong(cell(cells, "above_tokens")), Double.parseDouble(rate));
    }

    private static @Nullable Long start(String day) {
        return day.isEmpty()
                ? null
                : (Long) Nanos.of(LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static String cell(Map<String, String> cells, String column) {
        return Objects.requireNonNull(cells.get(column), column);
    }
}
