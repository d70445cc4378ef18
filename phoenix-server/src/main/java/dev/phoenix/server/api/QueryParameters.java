package dev.phoenix.server.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads query parameters the way published clients write them. */
@Configuration(proxyBeanMethods = false)
class QueryParameters implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, QueryParameters::time);
        registry.addConverterFactory(new WireEnums());
        registry.addConverter(new Repeated());
    }

    /** Answers do not depend on {@code Accept}: clients and browsers send every kind of it. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.ALL);
    }

    private static Instant time(String text) {
        try {
            return Timestamps.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidParameter(
                    "datetime_from_date_parsing",
                    "Input should be a valid datetime or date, such as 2026-01-31T12:00:00+00:00",
                    Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private static final class WireEnums implements ConverterFactory<String, WireEnum> {

        @Override
        public <T extends WireEnum> Converter<String, T> getConverter(Class<T> type) {
            return text ->
                    Arrays.stream(type.getEnumConstants())
                            .filter(constant -> constant.wireName().equals(text))
                            .findFirst()
                            .orElseThrow(() -> noneOf(type.getEnumConstants()));
        }

        private static InvalidParameter noneOf(WireEnum[] constants) {
            String expected =
                    Arrays.stream(constants)
                            .map(constant -> "'" + constant.wireName() + "'")
                            .collect(Collectors.joining(" or "));
            return new InvalidParameter(
                    "literal_error", "Input should be " + expected, Map.of("expected", expected));
        }
    }

    /**
     * A list is a repeated parameter. Spring's own converter would also split one value at its
     * commas.
     */
    private static final class Repeated implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(String.class, List.class));
        }

        @Override
        public @Nullable Object convert(
                @Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
            return source == null ? null : List.of(source);
        }
    }
}
