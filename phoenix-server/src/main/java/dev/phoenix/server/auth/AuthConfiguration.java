package dev.phoenix.server.auth;

import dev.phoenix.server.db.StorageLock;
import dev.phoenix.server.settings.ApiSettings;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.StorageSettings;
import io.grpc.ServerInterceptor;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
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
    CallerTurns callerTurns(BrowserSettings browser, StorageSettings storage) {
        return new CallerTurns(browser.rateLimit(), storage.poolSize());
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
