package io.github.hotplate.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Runs a test against the whole application on its own Redis Cluster, without simulated
 * visitors. All such tests share one application.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "sample.visitors.rate=0",
		// Or a failover in one test spends the warning of a route for which another
		// waits.
		"hotplate.request.warn_time=0",
		// Selenium warns of every Chromium that is newer than itself.
		"logging.level.org.openqa.selenium=error" })
@AutoConfigureRestTestClient
public @interface SampleApplicationTest {

}
