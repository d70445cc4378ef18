package dev.phoenix.server;

import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.settings.Version;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Without a command it serves. */
@Command(
        name = "phoenix",
        description = "AI observability: collects, stores and shows traces of AI applications.",
        mixinStandardHelpOptions = true,
        versionProvider = PhoenixCommand.VersionProvider.class)
final class PhoenixCommand {

    private final CommandLine commandLine;

    PhoenixCommand(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        commandLine =
                new CommandLine(this)
                        .addSubcommand(new ServeCommand(environment))
                        .addSubcommand(new TraceFixtureCommand(environment))
                        .addSubcommand(new DemoCommand(environment))
                        .addSubcommand(
                                new CommandLine(new DatabaseCommand())
                                        .addSubcommand(new MigrateCommand(environment))
                                        .addSubcommand(new RecountCommand(environment))
                                        .addSubcommand(new RederiveCommand(environment)))
                        .setOut(out)
                        .setErr(err)
                        .setExecutionExceptionHandler(PhoenixCommand::report);
    }

    /**
     * @return the exit code: 0 for success (also while a server runs), 1 when something stands in
     *     the way, 2 for a command line that cannot be understood
     */
    int run(String... args) {
        boolean hasCommand =
                Stream.of(args)
                        .anyMatch(
                                arg ->
                                        commandLine.getSubcommands().containsKey(arg)
                                                || isOwnOption(arg));
        return commandLine.execute(hasCommand ? args : withServe(args));
    }

    private static boolean isOwnOption(String arg) {
        return Stream.of("-h", "--help", "-V", "--version").anyMatch(arg::equals);
    }

    private static String[] withServe(String... args) {
        return Stream.concat(Stream.of("serve"), Stream.of(args)).toArray(String[]::new);
    }

    /** What the operator can mend is told in one sentence, anything else with its stack. */
    private static int report(
            Exception problem, CommandLine failed, CommandLine.ParseResult parsed) {
        String message =
                problem instanceof SettingsException
                        ? problem.getMessage()
                        : "%s failed: %s".formatted(failed.getCommandName(), problem);
        failed.getErr().println("phoenix: " + message);
        if (!(problem instanceof SettingsException)) {
            problem.printStackTrace(failed.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Command(name = "db", description = "Looks after the database.")
    private static final class DatabaseCommand {}

    static final class VersionProvider implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            Version version = Version.current();
            return new String[] {
                "Phoenix for Java " + version.own(), "compatible with version " + version.contract()
            };
        }
    }
}
