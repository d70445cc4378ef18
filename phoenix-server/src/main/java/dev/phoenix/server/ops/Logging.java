package dev.phoenix.server.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.phoenix.server.settings.LoggingLevel;
import dev.phoenix.server.settings.LoggingMode;
import dev.phoenix.server.settings.ObservabilitySettings;
import dev.phoenix.server.settings.SecretValues;
import dev.phoenix.server.settings.Settings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Log lines on standard output. Found by Logback as its configurator, and told the settings once
 * they are read.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    /** Messages hold what clients sent, which must not look like lines of its own. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'[\\x00-\\x1f\\x7f]+', ' '}%n";

    private static final List<String> DATABASE_LOGGERS =
            List.of(
                    "dev.phoenix.server.db",
                    "com.zaxxer.hikari",
                    "org.flywaydb",
                    "org.jooq",
                    "org.postgresql",
                    "org.sqlite");

    /**
     * What stops the start is reported by the command line, once; and a process that ends has no
     * leaks.
     */
    private static final List<String> SILENT =
            List.of(
                    "org.apache.catalina.loader.WebappClassLoaderBase",
                    "org.jooq.impl.DefaultExecuteContext.logVersionSupport",
                    "org.springframework.boot.SpringApplication",
                    "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter",
                    "org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        setUp(
                context,
                LoggingMode.DEFAULT,
                LoggingLevel.INFO,
                LoggingLevel.WARNING,
                new LogScrubber(List.of()));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    public static void configure(Settings all) {
        ObservabilitySettings settings = all.observability();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        setUp(
                context,
                settings.mode(),
                settings.level(),
                settings.databaseLevel(),
                new LogScrubber(SecretValues.of(all)));
    }

    private static void setUp(
            LoggerContext context,
            LoggingMode mode,
            LoggingLevel level,
            LoggingLevel database,
            LogScrubber scrubber) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(context, mode, scrubber));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        // java.util.logging, which Tomcat uses, must not make up lines that nobody prints.
        LevelChangePropagator toJava = new LevelChangePropagator();
        toJava.setContext(context);
        toJava.start();
        context.addListener(toJava);
        root.setLevel(quieter(level));
        context.getLogger("dev.phoenix").setLevel(logback(level));
        DATABASE_LOGGERS.forEach(name -> context.getLogger(name).setLevel(logback(database)));
        SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        // Last: until the levels are set, everything down to DEBUG would be printed.
        root.addAppender(console);
    }

    private static Encoder<ILoggingEvent> encoder(
            LoggerContext context, LoggingMode mode, LogScrubber scrubber) {
        EncoderBase<ILoggingEvent> lines =
                switch (mode) {
                    case DEFAULT -> pattern();
                    case STRUCTURED -> json();
                };
        lines.setContext(context);
        lines.start();
        ScrubbingEncoder encoder = new ScrubbingEncoder(lines, scrubber);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static PatternLayoutEncoder pattern() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(PATTERN);
        return encoder;
    }

    private static JsonEncoder json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        return encoder;
    }

    /** Libraries speak one level softer than the product. */
    private static Level quieter(LoggingLevel level) {
        return switch (level) {
            case DEBUG -> Level.INFO;
            case INFO, WARNING -> Level.WARN;
            case ERROR, CRITICAL -> Level.ERROR;
        };
    }

    private static Level logback(LoggingLevel level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR, CRITICAL -> Level.ERROR;
        };
    }
}
