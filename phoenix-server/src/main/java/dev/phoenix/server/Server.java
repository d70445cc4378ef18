package dev.phoenix.server;

import dev.phoenix.server.ops.Logging;
import dev.phoenix.server.settings.EnvironmentReport;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.SettingsException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server. */
public final class Server implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Settings settings;
    private final ConfigurableApplicationContext context;

    private Server(Settings settings, ConfigurableApplicationContext context) {
        this.settings = settings;
        this.context = context;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @param environment the variables the settings were read from, to report those nobody knows
     * @throws SettingsException if something the operator can change stands in the way
     */
    public static Server start(Settings settings, Map<String, String> environment) {
        return start(settings, environment, InstantSource.system());
    }

    /**
     * Starts a server by a clock that may be put forward and back.
     *
     * @param clock the only one; everything that asks for the time is given it
     */
    public static Server start(
            Settings settings, Map<String, String> environment, InstantSource clock) {
        Logging.configure(settings);
        report(EnvironmentReport.of(environment));
        Settings bound = Ports.resolve(settings);
        return new Server(bound, run(bound, clock));
    }

    /** As configured, with the ports chosen where 0 was asked for. */
    public Settings settings() {
        return settings;
    }

    /** Has it closed when the process is asked to end. */
    public Server closedAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        return this;
    }

    /** Answers what is being worked on, refuses what is new, and stops. */
    @Override
    public void close() {
        context.close();
    }

    private static ConfigurableApplicationContext run(Settings settings, InstantSource clock) {
        // Logging is set up already; Spring's own set-up would undo it.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.setEnvironment(new ServerEnvironment());
        // Whoever starts a server says when it ends.
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> register(settings, clock, context.getBeanFactory()));
        try {
            return application.run();
        } catch (RuntimeException e) {
            throw explain(e, settings);
        }
    }

    private static void register(
            Settings settings, InstantSource clock, ConfigurableListableBeanFactory beans) {
        beans.registerSingleton("clock", clock);
        beans.registerSingleton("settings", settings);
        settings.parts().forEach(part -> beans.registerSingleton(beanName(part), part));
    }

    private static String beanName(Record part) {
        String type = part.getClass().getSimpleName();
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static RuntimeException explain(RuntimeException problem, Settings settings) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException explained) {
                return explained;
            }
        }
        // Another program may have taken a port since it was looked at.
        Ports.resolve(settings);
        return problem;
    }

    private static void report(EnvironmentReport environment) {
        if (!environment.unknown().isEmpty()) {
            log.warn(
                    "unknown variables, perhaps mistyped: {}",
                    String.join(", ", environment.unknown()));
        }
        if (!environment.ignored().isEmpty()) {
            log.warn(
                    "variables without a meaning here: {}",
                    String.join(", ", environment.ignored()));
        }
        if (!environment.later().isEmpty()) {
            log.info(
                    "variables this version does not obey yet: {}",
                    String.join(", ", environment.later()));
        }
    }
}
