package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.auth.Operation.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/permissions.md} is the policy table, written out. */
class PermissionsTest {

    private static final Path FILE = Path.of("../docs/permissions.md");
    private static final PolicyTable POLICY = PolicyTable.standard();

    private static final String INTRODUCTION =
            """
            # Who may do what

            Written from the policy table by a test, which also compares it with what the running server does. Write it anew with:

            ```text
            ./mvnw -q -pl phoenix-server -am test -Dtest=PermissionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpermissions.write
            ```

            This holds while `PHOENIX_ENABLE_AUTH` is true; otherwise everybody may do everything except what needs users.
            An API key of a person may do what the person may do now. A system key reads and writes data and administers nothing.
            The admin secret (`PHOENIX_ADMIN_SECRET`) has the rights of an admin. `-` is refused: 401 without a valid credential,
            403 otherwise; in GraphQL an error with the code `UNAUTHORIZED`, in gRPC `UNAUTHENTICATED` or `PERMISSION_DENIED`.

            Beyond the table: people change annotations that they wrote themselves, or that nobody wrote. Admins delete all of them,
            and replace them under the same name and identifier. Bulk deletion by people who are no admins leaves out what others
            wrote. Only the owner and admins see and revoke an API key of a person; for others it does not exist. Nobody changes
            their own role, and nobody that of `admin@localhost`.
            """;

    @Test
    void committedFile_saysWhatThePolicySays() throws IOException {
        String document = document();
        if (System.getProperty("permissions.write") != null) {
            Files.writeString(FILE, document);
        }
        assertThat(Files.readString(FILE))
                .as("%s is stale; the command at its top writes it again", FILE)
                .isEqualTo(document);
    }

    private static String document() {
        return INTRODUCTION
                + table("REST and other HTTP", operation -> operation.surface() == Surface.HTTP)
                + table("gRPC", operation -> operation.surface() == Surface.GRPC)
                + table("GraphQL", operation -> operation.surface() == Surface.GRAPHQL_FIELD);
    }

    private static String table(String title, Predicate<Operation> wanted) {
        String columns =
                Stream.of(PermissionCaller.values())
                        .map(PermissionCaller::title)
                        .collect(Collectors.joining(" | "));
        String rule = "|---".repeat(PermissionCaller.values().length + 2) + "|\n";
        return "\n## %s\n\n| operation | %s | credential |\n%s".formatted(title, columns, rule)
                + POLICY.operations().stream()
                        .filter(wanted)
                        .sorted(Comparator.comparing(PermissionsTest::order))
                        .map(PermissionsTest::row)
                        .collect(Collectors.joining());
    }

    /** By path, then by method. */
    private static String order(Operation operation) {
        List<String> parts = List.of(operation.name().split(" "));
        return parts.size() == 2 ? parts.get(1) + " " + parts.get(0) : operation.name();
    }

    private static String row(Operation operation) {
        String cells =
                Stream.of(PermissionCaller.values())
                        .map(caller -> caller.isLetThrough(POLICY, operation) ? "yes" : "-")
                        .collect(Collectors.joining(" | "));
        return "| `%s` | %s | %s |\n"
                .formatted(operation.name(), cells, POLICY.credentials(operation).shown());
    }
}
