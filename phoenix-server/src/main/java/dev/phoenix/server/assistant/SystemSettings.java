package dev.phoenix.server.assistant;

import static dev.phoenix.server.db.jooq.Tables.SYSTEM_SETTINGS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what admins decide; every server on the database reads it where it is asked for. */
@Component
class SystemSettings {

    private static final Logger log = LoggerFactory.getLogger(SystemSettings.class);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;

    SystemSettings(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** All decisions of one moment; what nobody has decided is as by default. */
    Map<String, String> stored() {
        return database.readPrimary()
                .selectFrom(SYSTEM_SETTINGS)
                .fetchMap(SYSTEM_SETTINGS.KEY, SYSTEM_SETTINGS.VALUE);
    }

    /** A value that cannot be read, such as one of a newer server, counts as the default. */
    static <T extends SystemSetting> T read(
            Map<String, String> stored, Class<T> type, T byDefault) {
        String json = stored.get(byDefault.key());
        if (json == null) {
            return byDefault;
        }
        try {
            T value = JSON.readValue(json, type);
            if (value != null) {
                value.check();
                return value;
            }
        } catch (JacksonException | ApiException e) {
            log.debug("{} is stored as {}", byDefault.key(), json, e);
        }
        log.warn("The system setting {} cannot be read; its default counts", byDefault.key());
        return byDefault;
    }

    /** Each member as it is stored. */
    private static Map<String, String> details(SystemSetting setting) {
        Map<String, String> details = new LinkedHashMap<>();
        JSON.valueToTree(setting)
                .properties()
                .forEach(member -> details.put(member.getKey(), member.getValue().toString()));
        return details;
    }

    void store(Caller caller, SystemSetting setting) {
        setting.check();
        String json = JSON.writeValueAsString(setting);
        long now = Nanos.of(clock.instant());
        Long user = caller.principal().userId();
        database.transaction(
                transaction -> {
                    audit.record(
                            transaction,
                            caller.did("setting.change", setting.key(), details(setting)));
                    return transaction
                            .insertInto(SYSTEM_SETTINGS)
                            .set(SYSTEM_SETTINGS.KEY, setting.key())
                            .set(SYSTEM_SETTINGS.VALUE, json)
                            .set(SYSTEM_SETTINGS.UPDATED_AT_NS, now)
                            .set(SYSTEM_SETTINGS.UPDATED_BY, user)
                            .onConflict(SYSTEM_SETTINGS.KEY)
                            .doUpdate()
                            .set(SYSTEM_SETTINGS.VALUE, json)
                            .set(SYSTEM_SETTINGS.UPDATED_AT_NS, now)
                            .set(SYSTEM_SETTINGS.UPDATED_BY, user)
                            .execute();
                });
    }
}
