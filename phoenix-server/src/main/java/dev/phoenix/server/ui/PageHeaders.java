package dev.phoenix.server.ui;

import dev.phoenix.server.settings.UiSettings;
import java.util.List;
import java.util.Map;

/** Keeps the page to itself: nothing foreign runs in it, and it runs in nothing foreign. */
final class PageHeaders {

    /**
     * The one style the component library (react-aria) adds by script. The browser tests fail when
     * another version adds another one.
     */
    private static final String COMPONENT_STYLE =
            " 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

    private PageHeaders() {}

    static Map<String, String> of(Page page, UiSettings settings) {
        // Messages may show images of other servers, once a person asks for them.
        String images = settings.allowExternalResources() ? " http: https:" : "";
        return Map.of(
                "Content-Security-Policy",
                String.join(
                        "; ",
                        List.of(
                                "default-src 'none'",
                                "script-src 'self' " + page.scripts(),
                                "style-src 'self'" + COMPONENT_STYLE,
                                "font-src 'self'",
                                "img-src 'self' data:" + images,
                                "connect-src 'self'",
                                "base-uri 'none'",
                                "form-action 'self'",
                                "frame-ancestors 'none'")),
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY",
                "Referrer-Policy",
                "no-referrer",
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
                "Cross-Origin-Opener-Policy",
                "same-origin");
    }
}
