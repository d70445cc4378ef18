package dev.phoenix.server.auth.account;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends one mail after the other, with few in line: nobody waits for one, nor learns of one. */
@Component
public class MailQueue {

    private static final Logger log = LoggerFactory.getLogger(MailQueue.class);

    private final ThreadPoolExecutor sending =
            new ThreadPoolExecutor(
                    1,
                    1,
                    10,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(100),
                    Thread.ofPlatform().name("mail").daemon().factory(),
                    (_, _) -> log.warn("too many mails at once; one was not sent"));

    MailQueue() {
        sending.allowCoreThreadTimeOut(true);
    }

    /** Does what sends a mail, some time soon. */
    public void add(String what, Runnable send) {
        sending.execute(
                () -> {
                    try {
                        send.run();
                    } catch (RuntimeException e) {
                        log.error("{} was not mailed", what, e);
                    }
                });
    }

    @PreDestroy
    void stop() {
        sending.shutdownNow();
    }
}
