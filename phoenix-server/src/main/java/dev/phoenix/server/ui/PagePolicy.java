package dev.phoenix.server.ui;

import dev.phoenix.server.settings.UiSettings;
import java.util.List;

/** Keeps the page to itself: nothing foreign runs in it, and it runs in nothing foreign. */
final class PagePolicy {

    /**
     * The one style the component library (react-aria) adds by script. The browser tests fail when
     * another version adds another one.
     */
    private static final String COMPONENT_STYLE =
            " 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

    private PagePolicy() {}

    static String of(Page page, UiSettings settings) {
        // Messages may hold images and recordings of other servers, shown once a person asks.
        String others = settings.allowExternalResources() ? " http: https:" : "";
        return String.join(
                "; ",
                List.of(
                        "default-src 'none'",
                        "script-src 'self' " + page.scripts(),
                        "style-src 'self'" + COMPONENT_STYLE,
                        "font-src 'self'",
                        "img-src 'self' data:" + others,
                        "media-src 'self' data:" + others,
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'self'",
                        "frame-ancestors 'none'"));
    }
}
