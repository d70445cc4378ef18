package dev.phoenix.server.auth;

import com.zaxxer.hikari.HikariDataSource;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.StorageLock;
import dev.phoenix.server.settings.ApiSettings;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.BrowserSettings;
import io.grpc.ServerInterceptor;
import java.sql.SQLException;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the policy table in front of every surface. */
@Configuration(proxyBeanMethods = false)
class AuthConfiguration {

    @Bean
    PolicyTable policyTable() {
        return PolicyTable.standard();
    }

    @Bean
    StorageGate storageGate(PolicyTable policy, StorageLock lock) {
        return new StorageGate(policy, lock);
    }

    @Bean
    CallerTurns callerTurns(BrowserSettings browser, Database database) throws SQLException {
        HikariDataSource readers = database.reader().unwrap(HikariDataSource.class);
        return new CallerTurns(browser.rateLimit(), readers.getMaximumPoolSize());
    }

    @Bean
    FieldTurns fieldTurns() {
        return new FieldTurns();
    }

    @Bean
    BatchLoaderRegistry batchLoaderRegistry(FieldTurns turns) {
        return turns.registry();
    }

    @Bean
    static BeanPostProcessor fieldThreads(ObjectProvider<FieldTurns> turns) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AnnotatedControllerConfigurer controllers) {
                    controllers.setExecutor(turns.getObject());
                }
                return bean;
            }
        };
    }

    @Bean
    HttpPolicy httpPolicy(
            PolicyTable policy,
            Authenticator authenticator,
            StorageGate storage,
            CallerTurns turns) {
        return new HttpPolicy(policy, authenticator, storage, turns);
    }

    @Bean
    WebMvcConfigurer httpInterceptors(HttpPolicy policy) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(policy);
            }
        };
    }

    @Bean
    ServerInterceptor grpcPolicy(
            PolicyTable policy, Authenticator authenticator, StorageGate storage) {
        return new GrpcPolicy(policy, authenticator, storage);
    }

    @Bean
    GraphQlSourceBuilderCustomizer graphQlPolicy(
            PolicyTable policy, ApiSettings settings, StorageGate storage) {
        var visitor = new GraphQlPolicy(policy, settings.readOnly(), storage);
        return source -> source.typeVisitors(List.of(visitor));
    }

    @Bean
    FilterRegistrationBean<ReadOnlyFilter> readOnlyFilter(ApiSettings settings) {
        var filter = new FilterRegistrationBean<>(new ReadOnlyFilter());
        filter.setEnabled(settings.readOnly());
        return filter;
    }

    @Bean
    FilterRegistrationBean<ChallengeFilter> challengeFilter(
            AuthSettings settings, PublicOrigin origin) {
        var filter = new FilterRegistrationBean<>(new ChallengeFilter(origin));
        filter.setEnabled(settings.enabled());
        // Behind what finds out how the request reached the proxy, before all that may refuse it.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
        return filter;
    }

    @Bean
    SmartInitializingSingleton policyCoversEverything(
            PolicyTable policy, ListableBeanFactory beans) {
        return () -> {
            List<Operation> missing = policy.missing(RegisteredOperations.of(beans));
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        "every operation needs a row in the policy table; add one to PolicyTable"
                                + " for "
                                + missing);
            }
        };
    }
}
