package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class HttpPolicyTest {

    private final PolicyTable policy =
            new PolicyTable.Builder()
                    .http(Role.VIEWER, "GET /things/{id}")
                    .http(Role.MEMBER, "DELETE /things/{id}")
                    .http(Role.ANONYMOUS, "* /open")
                    .build();

    private final HttpPolicy http =
            new HttpPolicy(
                    policy,
                    authorization ->
                            new Principal(
                                    "someone",
                                    authorization == null ? Role.ANONYMOUS : Role.VIEWER));

    @Test
    void permittedRequest_reachesItsHandlerWithItsPrincipal() {
        MockHttpServletRequest request = request("GET", "/things/{id}");
        request.addHeader("Authorization", "Bearer x");
        assertThat(http.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
        assertThat(HttpPolicy.principal(request)).isEqualTo(new Principal("someone", Role.VIEWER));
    }

    @Test
    void lesserRole_isRefused() {
        MockHttpServletRequest request = request("DELETE", "/things/{id}");
        request.addHeader("Authorization", "Bearer x");
        assertThatThrownBy(() -> http.preHandle(request, new MockHttpServletResponse(), this))
                .hasMessage("DELETE /things/{id} needs the role MEMBER, someone has VIEWER");
        assertThatThrownBy(
                        () ->
                                http.preHandle(
                                        request("HEAD", "/things/{id}"),
                                        new MockHttpServletResponse(),
                                        this))
                .hasMessage("GET /things/{id} needs the role VIEWER, someone has ANONYMOUS");
    }

    @Test
    void rowForAnyMethod_holdsForAll() {
        assertThat(http.preHandle(request("PUT", "/open"), new MockHttpServletResponse(), this))
                .isTrue();
    }

    @Test
    void handlerWithoutARow_isNeverReached() {
        assertThatThrownBy(
                        () ->
                                http.preHandle(
                                        request("GET", "/new"),
                                        new MockHttpServletResponse(),
                                        this))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /new");
    }

    private static MockHttpServletRequest request(String method, String pattern) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, pattern);
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        return request;
    }
}
