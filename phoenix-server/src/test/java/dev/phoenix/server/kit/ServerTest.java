package dev.phoenix.server.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a test class once for each database engine, against a running server that it takes as its
 * constructor's parameter:
 *
 * <pre>
 * &#64;ServerTest
 * class HealthTest {
 *     private final TestServer server;
 *
 *     HealthTest(TestServer server) {
 *         this.server = server;
 *     }
 * }
 * </pre>
 *
 * The server is shared with other classes: tests that store something use a project of their own,
 * see {@link TestServer#projectName()}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(SharedServers.class)
public @interface ServerTest {

    /**
     * Also against the PostgreSQL installed on this machine, which is older than the embedded one.
     */
    boolean installedPostgres() default false;

    /** Where callers must log in; see {@link TestServer#AUTHENTICATION}. */
    boolean authentication() default false;

    /** More variables, as {@code NAME=value}; servers are shared between classes with the same. */
    String[] environment() default {};
}
