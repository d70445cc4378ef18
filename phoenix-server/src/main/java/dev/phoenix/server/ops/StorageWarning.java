package dev.phoenix.server.ops;

import dev.phoenix.server.auth.PublicOrigin;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.MailQueue;
import dev.phoenix.server.mail.Letters;
import dev.phoenix.server.mail.MailSender;
import dev.phoenix.server.settings.DiskSettings;
import dev.phoenix.server.settings.MailSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells admins that the disk fills up, each of them once a day at most. */
@Component
class StorageWarning {

    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    private final @Nullable MailSender mail;
    private final Letters letters;
    private final MailQueue queue;
    private final Accounts accounts;
    private final PublicOrigin origin;
    private final DiskSettings disk;
    private final MailSettings settings;
    private final InstantSource clock;
    private final Map<String, Instant> warned = new HashMap<>();

    StorageWarning(
            ObjectProvider<MailSender> mail,
            Letters letters,
            MailQueue queue,
            Accounts accounts,
            PublicOrigin origin,
            DiskSettings disk,
            MailSettings settings,
            InstantSource clock) {
        this.mail = mail.getIfAvailable();
        this.letters = letters;
        this.queue = queue;
        this.accounts = accounts;
        this.origin = origin;
        this.disk = disk;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns at once. */
    void send(double ratio) {
        MailSender sender = mail;
        if (sender != null) {
            queue.add("a storage warning", () -> send(sender, ratio));
        }
    }

    private synchronized void send(MailSender sender, double ratio) {
        Instant now = clock.instant();
        warned.values().removeIf(last -> !now.isBefore(last.plus(BETWEEN_WARNINGS)));
        List<String> addresses =
                accounts.addresses(Role.ADMIN).stream()
                        .filter(address -> !warned.containsKey(address))
                        .toList();
        if (!addresses.isEmpty()) {
            addresses.forEach(address -> warned.put(address, now));
            sender.send(
                    letters.storageWarning(
                            addresses,
                            settings.supportAddress(),
                            Math.round(ratio * 100),
                            disk.warningPercent().orElseThrow(),
                            URI.create(origin.forMail() + "/")));
        }
    }
}
