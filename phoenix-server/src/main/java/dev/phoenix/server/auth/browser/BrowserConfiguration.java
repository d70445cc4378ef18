package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.Filter;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * The filters in their order, after the root path is known and the request counted: each believes
 * what those before it have found out.
 */
@Configuration(proxyBeanMethods = false)
class BrowserConfiguration {

    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    FilterRegistrationBean<ClientAddress> clientAddress(BrowserSettings browser) {
        return filter(new ClientAddress(browser), 0);
    }

    @Bean
    FilterRegistrationBean<PathGuard> pathGuard() {
        return filter(new PathGuard(), 1);
    }

    @Bean
    FilterRegistrationBean<HostCheck> hostCheck(
            NetworkSettings network, BrowserSettings browser, AuthSettings auth) {
        FilterRegistrationBean<HostCheck> filter = filter(new HostCheck(network, browser), 2);
        // With authentication it asks for cookies, which other names lack.
        filter.setEnabled(!auth.enabled() && HostCheck.knowsItsNames(network));
        return filter;
    }

    @Bean
    FilterRegistrationBean<CrossOriginAccess> crossOriginAccess(BrowserSettings browser) {
        return filter(new CrossOriginAccess(browser), 3);
    }

    @Bean
    FilterRegistrationBean<CrossSiteGuard> crossSiteGuard(
            NetworkSettings network, BrowserSettings browser, AuthSettings auth) {
        return filter(new CrossSiteGuard(network, browser, auth.enabled()), 4);
    }

    @Bean
    FilterRegistrationBean<RateLimits> rateLimits(BrowserSettings browser, InstantSource clock) {
        return filter(new RateLimits(browser, clock), 5);
    }

    private static <F extends Filter> FilterRegistrationBean<F> filter(F filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(FIRST + place);
        return registration;
    }
}
