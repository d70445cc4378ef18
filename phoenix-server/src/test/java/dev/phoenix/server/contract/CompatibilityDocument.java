package dev.phoenix.server.contract;

import dev.phoenix.server.contract.GraphQlDocument.Field;
import dev.phoenix.server.contract.GraphQlDocument.Type;
import dev.phoenix.server.contract.OpenApiDocument.Operation;
import dev.phoenix.server.settings.Variable;
import dev.phoenix.server.settings.Variable.Availability;
import dev.phoenix.server.settings.Variable.Origin;
import dev.phoenix.server.settings.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/compatibility.md}: what of the contract is there, compared with the running server.
 */
final class CompatibilityDocument {

    private static final Set<String> ROOTS = Set.of("Query", "Mutation", "Subscription");

    private final OpenApiDocument restContract = OpenApiDocument.contract();
    private final OpenApiDocument rest;
    private final Set<String> present;
    private final GraphQlDocument graphQlContract = GraphQlDocument.contract();
    private final GraphQlDocument graphQl = GraphQlDocument.live();
    private final List<String> lines = new ArrayList<>();

    private CompatibilityDocument(OpenApiDocument rest, Set<String> walked) {
        this.rest = rest;
        this.present = new TreeSet<>(rest.operations().keySet());
        Set<String> shapes =
                walked.stream().map(CompatibilityDocument::shape).collect(Collectors.toSet());
        restContract.operations().keySet().stream()
                .filter(name -> !name.contains(" /v1/") && shapes.contains(shape(name)))
                .forEach(present::add);
    }

    /** Whatever its variables are called. */
    private static String shape(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }

    /**
     * @param rest what the server says about itself, which is what is below /v1
     * @param walked every operation there is when all ways to log in are on
     */
    static String write(OpenApiDocument rest, Set<String> walked) {
        return new CompatibilityDocument(rest, walked).write();
    }

    private String write() {
        add(
                """
                # Compatibility with the reference product 20.26.1

                Generated from the contract files and the running server; a test fails when it is stale. To write it again:

                    ./mvnw -q -pl phoenix-server -am test -Dtest=CompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false -Dcompatibility.write

                ## Totals
                """);
        totals();
        add("");
        add(resource("/compatibility/deviations.md"));
        extensions();
        operations();
        roots("Query", "queries");
        roots("Mutation", "mutations");
        roots("Subscription", "subscriptions");
        types();
        variables();
        return String.join("\n", lines).strip() + "\n";
    }

    private void totals() {
        add("| | present | in the contract | extensions |");
        add("|---|---:|---:|---:|");
        total("REST operations", present, restContract.operations().keySet());
        total(
                "their parameters",
                parameters(rest),
                parameters(restContract, rest.operations().keySet()));
        total("GraphQL queries", fields(graphQl, "Query"), fields(graphQlContract, "Query"));
        total(
                "GraphQL mutations",
                fields(graphQl, "Mutation"),
                fields(graphQlContract, "Mutation"));
        total(
                "GraphQL subscriptions",
                fields(graphQl, "Subscription"),
                fields(graphQlContract, "Subscription"));
        total("GraphQL types", graphQl.types().keySet(), graphQlContract.types().keySet());
        total("GraphQL fields, inputs and enum values", members(graphQl), members(graphQlContract));
        total("GraphQL arguments", arguments(graphQl), arguments(graphQlContract));
        add(
                "| `PHOENIX_*` variables of a server | %d | %d | %d |"
                        .formatted(
                                variables(Origin.CONTRACT, Availability.PRESENT).size(),
                                variables(Origin.CONTRACT, Availability.PRESENT, Availability.LATER)
                                        .size(),
                                variables(Origin.OWN, Availability.PRESENT).size()));
    }

    private void total(String what, Set<String> live, Set<String> contract) {
        Set<String> present = new TreeSet<>(live);
        present.retainAll(contract);
        add(
                "| %s | %d | %d | %d |"
                        .formatted(
                                what,
                                present.size(),
                                contract.size(),
                                live.size() - present.size()));
    }

    private void extensions() {
        add("\n## Extensions\n");
        rest.operations().keySet().stream()
                .filter(name -> !restContract.operations().containsKey(name))
                .forEach(name -> add("- `" + name + "`"));
        graphQl.types()
                .forEach(
                        (name, type) -> {
                            if (type.extension()) {
                                add("- GraphQL %s `%s`".formatted(type.kind(), name));
                            } else {
                                extensionFields(name, type)
                                        .forEach(field -> add("- GraphQL `" + field + "`"));
                            }
                        });
        variables(Origin.OWN, Availability.PRESENT)
                .forEach(
                        variable ->
                                add("- `%s`: %s".formatted(variable.name(), variable.purpose())));
    }

    private void operations() {
        Map<String, List<String>> byGroup = new TreeMap<>();
        restContract
                .operations()
                .forEach(
                        (name, operation) ->
                                byGroup.computeIfAbsent(group(name), group -> new ArrayList<>())
                                        .add(row(name, operation)));
        add("\n## REST operations");
        byGroup.forEach(
                (group, rows) -> {
                    long present = rows.stream().filter(row -> !row.endsWith("not yet |")).count();
                    open("%s: %d of %d".formatted(group, present, rows.size()));
                    add("| operation | id | |");
                    add("|---|---|---|");
                    rows.forEach(this::add);
                    close();
                });
    }

    private String row(String name, Operation operation) {
        Operation live = rest.operations().get(name);
        String status = present.contains(name) ? "present" : "not yet";
        if (live != null) {
            Set<String> missing = new TreeSet<>(operation.parameters());
            missing.removeAll(live.parameters());
            status = missing.isEmpty() ? "present" : "present, without " + code(missing);
        }
        return "| `%s` | %s | %s |".formatted(name, operation.id(), status);
    }

    private void roots(String root, String title) {
        Map<String, Field> wanted = graphQlContract.type(root).fields();
        Map<String, Field> live = graphQl.type(root).fields();
        add("\n## GraphQL " + title);
        open(
                "%d of %d"
                        .formatted(
                                wanted.keySet().stream().filter(live::containsKey).count(),
                                wanted.size()));
        List<String> present =
                wanted.keySet().stream()
                        .filter(live::containsKey)
                        .map(name -> describe(name, wanted.get(name), live.get(name)))
                        .toList();
        List<String> missing =
                wanted.keySet().stream()
                        .filter(name -> !live.containsKey(name))
                        .map(CompatibilityDocument::code)
                        .toList();
        add("Present: " + (present.isEmpty() ? "none" : String.join(", ", present)) + ".\n");
        add("Not yet: " + (missing.isEmpty() ? "none" : String.join(", ", missing)) + ".");
        close();
    }

    private void types() {
        add("\n## GraphQL types");
        open("present, with what is missing of them");
        add("| type | members | not yet |");
        add("|---|---:|---|");
        for (String name : typeNames(true)) {
            Type wanted = graphQlContract.type(name);
            Type live = graphQl.type(name);
            long present =
                    wanted.fields().keySet().stream().filter(live.fields()::containsKey).count();
            add(
                    "| `%s` | %s | %s |"
                            .formatted(
                                    name,
                                    wanted.fields().isEmpty()
                                            ? ""
                                            : present + " of " + wanted.fields().size(),
                                    missing(wanted, live)));
        }
        close();
        List<String> absent = typeNames(false);
        open("not yet: " + absent.size());
        add(
                absent.stream().map(CompatibilityDocument::code).collect(Collectors.joining(", "))
                        + ".");
        close();
    }

    private List<String> typeNames(boolean present) {
        return graphQlContract.types().keySet().stream()
                .filter(name -> !ROOTS.contains(name))
                .filter(name -> graphQl.types().containsKey(name) == present)
                .toList();
    }

    private static String missing(Type wanted, Type live) {
        List<String> missing = new ArrayList<>();
        wanted.fields()
                .forEach(
                        (name, field) -> {
                            Field present = live.fields().get(name);
                            if (present == null) {
                                missing.add(code(name));
                            } else if (!missingArguments(field, present).isEmpty()) {
                                missing.add(describe(name, field, present));
                            }
                        });
        return String.join(", ", missing);
    }

    private static String describe(
            String name,
            @org.jspecify.annotations.Nullable Field wanted,
            @org.jspecify.annotations.Nullable Field live) {
        Set<String> missing =
                missingArguments(Objects.requireNonNull(wanted), Objects.requireNonNull(live));
        return missing.isEmpty()
                ? code(name)
                : "%s without %s".formatted(code(name), code(missing));
    }

    private static Set<String> missingArguments(Field wanted, Field live) {
        Set<String> missing = new TreeSet<>(wanted.arguments().keySet());
        missing.removeAll(live.arguments().keySet());
        return missing;
    }

    private void variables() {
        add("\n## `PHOENIX_*` variables");
        variables("present", Availability.PRESENT);
        variables("not yet", Availability.LATER);
        variables("read by clients, not by a server", Availability.CLIENT);
        variables("without a meaning here", Availability.IGNORED);
    }

    private void variables(String title, Availability availability) {
        List<Variable> variables = variables(Origin.CONTRACT, availability);
        open("%s: %d".formatted(title, variables.size()));
        add("| variable | |");
        add("|---|---|");
        variables.forEach(
                variable -> add("| `%s` | %s |".formatted(variable.name(), variable.purpose())));
        close();
    }

    private static List<Variable> variables(Origin origin, Availability... availabilities) {
        Set<Availability> wanted = Set.of(availabilities);
        return Variables.all().stream()
                .filter(
                        variable ->
                                variable.origin() == origin
                                        && wanted.contains(variable.availability()))
                .toList();
    }

    private static Set<String> parameters(OpenApiDocument document) {
        return parameters(document, document.operations().keySet());
    }

    private static Set<String> parameters(OpenApiDocument document, Set<String> operations) {
        return document.operations().entrySet().stream()
                .filter(entry -> operations.contains(entry.getKey()))
                .flatMap(
                        entry ->
                                entry.getValue().parameters().stream()
                                        .map(parameter -> entry.getKey() + parameter))
                .collect(Collectors.toSet());
    }

    private static Set<String> fields(GraphQlDocument document, String type) {
        return document.type(type).fields().keySet();
    }

    private static Set<String> members(GraphQlDocument document) {
        return document.types().entrySet().stream()
                .flatMap(
                        type ->
                                type.getValue().fields().keySet().stream()
                                        .map(field -> type.getKey() + "." + field))
                .collect(Collectors.toSet());
    }

    private static Set<String> arguments(GraphQlDocument document) {
        return document.types().entrySet().stream()
                .flatMap(
                        type ->
                                type.getValue().fields().entrySet().stream()
                                        .flatMap(
                                                field ->
                                                        field
                                                                .getValue()
                                                                .arguments()
                                                                .keySet()
                                                                .stream()
                                                                .map(
                                                                        argument ->
                                                                                type.getKey()
                                                                                        + "."
                                                                                        + field
                                                                                                .getKey()
                                                                                        + "."
                                                                                        + argument)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> extensionFields(String name, Type type) {
        return type.fields().entrySet().stream()
                .flatMap(field -> extensionsOf(name + "." + field.getKey(), field.getValue()));
    }

    private static Stream<String> extensionsOf(String name, Field field) {
        return field.extension()
                ? Stream.of(name)
                : field.arguments().entrySet().stream()
                        .filter(argument -> argument.getValue().extension())
                        .map(argument -> "%s(%s)".formatted(name, argument.getKey()));
    }

    /** Below projects there is much of everything, so there the next segment tells more. */
    private static String group(String operation) {
        int version = operation.indexOf(" /v1/");
        if (version < 0) {
            return "outside of /v1";
        }
        String[] path = operation.substring(version + 5).split("/");
        return path[0].equals("projects") && path.length > 2 ? "projects/…/" + path[2] : path[0];
    }

    private static String code(String name) {
        return "`" + name + "`";
    }

    private static String code(Set<String> names) {
        return names.stream().map(CompatibilityDocument::code).collect(Collectors.joining(", "));
    }

    private void open(String summary) {
        add("\n<details><summary>" + summary + "</summary>\n");
    }

    private void close() {
        add("\n</details>");
    }

    private void add(String line) {
        lines.add(line);
    }

    private static String resource(String path) {
        try (InputStream file = CompatibilityDocument.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
