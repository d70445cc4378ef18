package dev.phoenix.server.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files the frontend's build left in the jar, by their path below {@link #FOLDER}. */
final class Bundle {

    static final String FOLDER = "META-INF/phoenix/ui/";
    static final String PAGE = "index.html";

    private final Map<String, byte[]> files;

    private Bundle(Map<String, byte[]> files) {
        this.files = files;
    }

    static Bundle load() {
        try {
            Map<String, byte[]> files = new HashMap<>();
            for (Resource file :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + FOLDER + "**")) {
                String address = file.getURL().toString();
                if (!address.endsWith("/") && file.isReadable()) {
                    String path = address.substring(address.indexOf(FOLDER) + FOLDER.length());
                    files.put(path, file.getContentAsByteArray());
                }
            }
            return new Bundle(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String page() {
        return new String(files.get(PAGE), StandardCharsets.UTF_8);
    }

    Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
