package dev.phoenix.server.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/projects",
                "/projects/UHJvamVjdDox/traces?x=1&y=a+b#z",
                "/a..b",
                "/projects?filter=name%20==%20%22a@b%22",
                "/oauth2/authorize?x=y"
            })
    void pathOfThisServer_isKept(String path) {
        assertThat(ReturnPath.checked(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "projects",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/%2Fevil.example",
                "/%5Cevil.example",
                "/%252Fevil.example",
                "/%25252Fevil.example",
                "/\tevil.example",
                "/a\r\nSet-Cookie: x=y",
                "/%0d%0aSet-Cookie",
                "/%09/evil.example",
                "/user@evil.example",
                "/%40evil.example",
                "/..//evil.example",
                "/../x",
                "/a/%2e%2e/b",
                "/a b",
                "/projects?x=%0d%0aSet-Cookie",
                "/%zz"
            })
    void anythingElse_leadsHome(String path) {
        assertThat(ReturnPath.checked(path)).isEqualTo("/");
    }

    @Test
    void nothingAsked_leadsHome() {
        assertThat(ReturnPath.checked(null)).isEqualTo("/");
    }
}
