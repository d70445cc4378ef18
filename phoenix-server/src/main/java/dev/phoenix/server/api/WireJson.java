package dev.phoenix.server.api;

import java.time.DateTimeException;
import java.time.Instant;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/** JSON as published clients read it. */
@Configuration(proxyBeanMethods = false)
class WireJson {

    @Bean
    JsonMapperBuilderCustomizer wireTimes() {
        return mapper ->
                mapper.addModule(
                        new SimpleModule()
                                .addSerializer(new Times())
                                .addDeserializer(Instant.class, new SentTimes()));
    }

    /** A number where a text belongs is a mistake of the sender. */
    @Bean
    JsonMapperBuilderCustomizer strictTexts() {
        return mapper ->
                mapper.withCoercionConfig(
                        LogicalType.Textual,
                        texts ->
                                texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    JsonMapperBuilderCustomizer wrongValues() {
        return mapper -> mapper.addHandler(new WrongValues());
    }

    /** Data frames write 1.0 for 1; 1.5 is a mistake of the sender, not another 1. */
    @Bean
    JsonMapperBuilderCustomizer wholeNumbers() {
        return mapper ->
                mapper.addModule(
                        new SimpleModule().addDeserializer(Integer.class, new WholeNumbers()));
    }

    private static final class WholeNumbers extends StdScalarDeserializer<Integer> {

        WholeNumbers() {
            super(Integer.class);
        }

        @Override
        public Integer deserialize(JsonParser json, DeserializationContext context) {
            if (!json.currentToken().isNumeric()) {
                return _parseInteger(json, context, Integer.class);
            }
            try {
                return json.getDecimalValue().intValueExact();
            } catch (ArithmeticException e) {
                throw InvalidFormatException.from(
                        json, "no whole number of 32 bits", json.getNumberValue(), Integer.class);
            }
        }
    }

    /** The same spellings as in a query string. */
    private static final class SentTimes extends StdScalarDeserializer<Instant> {

        SentTimes() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                return (Instant) context.handleUnexpectedToken(Instant.class, json);
            }
            try {
                return Timestamps.parse(json.getString());
            } catch (DateTimeException | ArithmeticException e) {
                throw InvalidFormatException.from(json, "no time", json.getString(), Instant.class);
            }
        }
    }

    private static final class Times extends StdSerializer<Instant> {

        Times() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
            json.writeString(Timestamps.format(time));
        }
    }
}
