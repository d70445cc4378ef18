package dev.phoenix.server.api;

import dev.phoenix.server.db.ReplicaReads;
import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition.Operation;
import io.micrometer.context.ContextRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What may be read from a replica, after the caller is known: GET requests of the REST API, and
 * queries of GraphQL. Who changes something reads where it was written, to the end of the request.
 */
@Configuration(proxyBeanMethods = false)
class ReplicaRouting implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Reads())
                .addPathPatterns("/v1/**")
                .order(Ordered.LOWEST_PRECEDENCE);
    }

    /** Fields are fetched on threads of their own, each of which takes over what is said here. */
    @Bean
    static Queries replicaQueries() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        Queries.KEY,
                        ReplicaReads::areAllowed,
                        ReplicaRouting::takeOver,
                        ReplicaReads::end);
        return new Queries();
    }

    private static void takeOver(boolean allowed) {
        if (allowed) {
            ReplicaReads.begin();
        } else {
            ReplicaReads.end();
        }
    }

    static final class Queries extends SimplePerformantInstrumentation {

        private static final String KEY = ReplicaReads.class.getName();

        private Queries() {}

        @Override
        public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
                InstrumentationExecuteOperationParameters parameters,
                @Nullable InstrumentationState state) {
            ExecutionContext context = parameters.getExecutionContext();
            if (context.getOperationDefinition().getOperation() == Operation.QUERY) {
                context.getGraphQLContext().put(KEY, true);
            }
            return SimpleInstrumentationContext.noOp();
        }
    }

    private static final class Reads implements AsyncHandlerInterceptor {

        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            if (reads) {
                ReplicaReads.begin();
            }
            return true;
        }

        /** An answer that goes on without this thread, such as a stream of events. */
        @Override
        public void afterConcurrentHandlingStarted(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            ReplicaReads.end();
        }

        @Override
        public void afterCompletion(
                HttpServletRequest request,
                HttpServletResponse response,
                Object handler,
                @Nullable Exception failure) {
            ReplicaReads.end();
        }
    }
}
