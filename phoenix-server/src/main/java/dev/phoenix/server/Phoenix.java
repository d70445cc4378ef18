package dev.phoenix.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server's entry point. */
@SpringBootApplication
public class Phoenix {

    public static void main(String[] args) {
        SpringApplication.run(Phoenix.class, args);
    }
}
