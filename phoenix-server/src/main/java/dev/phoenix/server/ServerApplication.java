package dev.phoenix.server;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * What the server is made of: the features, found by their annotations, and the parts of Spring
 * they use.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = GraphQlWebMvcAutoConfiguration.class)
@ComponentScan
class ServerApplication {}
