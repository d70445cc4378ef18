package dev.phoenix.server.kit;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** One server per engine, started when first needed. */
final class SharedServers implements ArgumentsProvider {

    private static final Map<TestEngine, TestServer> RUNNING = new EnumMap<>(TestEngine.class);

    @Override
    public Stream<Arguments> provideArguments(
            ParameterDeclarations parameters, ExtensionContext context) {
        boolean installed =
                AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ServerTest.class)
                        .map(ServerTest::installedPostgres)
                        .orElse(false);
        return Stream.of(TestEngine.values())
                .filter(engine -> installed || engine != TestEngine.INSTALLED_POSTGRESQL)
                .filter(TestEngine::isAvailable)
                .map(SharedServers::running)
                .map(Arguments::of);
    }

    private static synchronized TestServer running(TestEngine engine) {
        return RUNNING.computeIfAbsent(engine, wanted -> TestServer.start(wanted, Map.of()));
    }
}
