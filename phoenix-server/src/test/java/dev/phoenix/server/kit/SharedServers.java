package dev.phoenix.server.kit;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** One server per engine and environment, started when first needed. */
final class SharedServers implements ArgumentsProvider {

    private static final Map<Shared, TestServer> RUNNING = new HashMap<>();

    @Override
    public Stream<Arguments> provideArguments(
            ParameterDeclarations parameters, ExtensionContext context) {
        ServerTest wanted =
                AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ServerTest.class)
                        .orElseThrow();
        Map<String, String> environment = environment(wanted);
        return Stream.of(TestEngine.values())
                .filter(
                        engine ->
                                wanted.installedPostgres()
                                        || engine != TestEngine.INSTALLED_POSTGRESQL)
                .filter(TestEngine::isAvailable)
                .map(engine -> running(new Shared(engine, environment)))
                .map(Arguments::of);
    }

    private static Map<String, String> environment(ServerTest wanted) {
        Map<String, String> environment = new HashMap<>();
        if (wanted.authentication()) {
            environment.putAll(TestServer.AUTHENTICATION);
        }
        for (String variable : wanted.environment()) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return Map.copyOf(environment);
    }

    private static synchronized TestServer running(Shared shared) {
        return RUNNING.computeIfAbsent(shared, SharedServers::start);
    }

    private static TestServer start(Shared wanted) {
        TestServer server = TestServer.start(wanted.engine(), wanted.environment());
        AtExit.endServer(server::close);
        return server;
    }

    private record Shared(TestEngine engine, Map<String, String> environment) {}
}
