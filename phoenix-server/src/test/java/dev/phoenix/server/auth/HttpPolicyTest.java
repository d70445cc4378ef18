package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.db.StorageLock;
import java.io.IOException;
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
                    .httpThatAdds(Role.VIEWER, "POST /things")
                    .build();

    private final StorageLock lock = new StorageLock();

    private final HttpPolicy http =
            new HttpPolicy(
                    policy,
                    (authorization, _) ->
                            authorization == null
                                    ? Principal.STRANGER
                                    : Callers.with("someone", Role.VIEWER),
                    new StorageGate(policy, lock),
                    new CallerTurns(true, 10));

    @Test
    void permittedRequest_reachesItsHandlerWithItsPrincipal() throws IOException {
        MockHttpServletRequest request = request("GET", "/things/{id}");
        request.addHeader("Authorization", "Bearer x");
        assertThat(http.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
        assertThat(CurrentPrincipal.of(request)).isEqualTo(Callers.with("someone", Role.VIEWER));
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
                .hasMessage("Invalid token");
    }

    @Test
    void rowForAnyMethod_holdsForAll() throws IOException {
        assertThat(http.preHandle(request("PUT", "/open"), new MockHttpServletResponse(), this))
                .isTrue();
    }

    @Test
    void storageLock_refusesWhatAddsAndNothingElse() throws IOException {
        MockHttpServletRequest adding = request("POST", "/things");
        adding.addHeader("Authorization", "Bearer x");
        MockHttpServletRequest reading = request("GET", "/things/{id}");
        reading.addHeader("Authorization", "Bearer x");
        lock.set(true);
        assertThatThrownBy(() -> http.preHandle(adding, new MockHttpServletResponse(), this))
                .hasMessage(StorageLock.MESSAGE);
        assertThat(http.preHandle(reading, new MockHttpServletResponse(), this)).isTrue();
        lock.set(false);
        assertThat(http.preHandle(adding, new MockHttpServletResponse(), this)).isTrue();
    }

    @Test
    void handlerWithoutARow_isNeverReached() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThat(http.preHandle(request("GET", "/new"), response, this)).isFalse();
        assertThat(response.getStatus()).isEqualTo(405);
    }

    @Test
    void methodWithoutARow_isToldWhichThereAre() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        assertThat(http.preHandle(request("OPTIONS", "/things/{id}"), response, this)).isFalse();
        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("DELETE, GET, HEAD");
    }

    private static MockHttpServletRequest request(String method, String pattern) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, pattern);
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        return request;
    }
}
