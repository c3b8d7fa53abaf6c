package io.github.hotplate.autoconfigure;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import io.github.hotplate.documentation.Document;
import io.github.hotplate.execution.CommandAdviceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code README.md} and {@code docs} name the beans and exceptions that there
 * are.
 */
class DocumentationTests {

	private static final Pattern NAME = Pattern.compile("`(\\w+)`");

	private final ApplicationContextRunner adviceRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(Tracer.class, SimpleTracer::new)
		.withPropertyValues("hotplate.metrics.convention=baseplate, opentelemetry");

	@Test
	void exceptionsAreThoseOfTheCode() {
		Set<String> exceptions = new ClassFileImporter()
			.importPaths(Path
				.of(HotplateAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation().getPath()))
			.stream()
			.filter((type) -> type.isAssignableTo(Throwable.class) && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toSet());
		assertThat(names((name) -> name.endsWith("Exception") && !isOfSpringOrJava(name)))
			.containsExactlyInAnyOrderElementsOf(exceptions);
	}

	private static boolean isOfSpringOrJava(String name) {
		return Stream
			.of("java.lang.", "org.springframework.dao.", "org.springframework.data.redis.",
					"org.springframework.data.redis.connection.")
			.anyMatch((room) -> ClassUtils.isPresent(room + name, null));
	}

	@Test
	void beansOfClientAreThoseOfTheCode() {
		// No server ever listens on port 1.
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.mode=sharded", "foo.startup=warn")
			.run((context) -> assertThat(names((name) -> name.matches("foo([A-Z]\\w*)?")))
				.containsExactlyInAnyOrderElementsOf(
						Stream.of(context.getBeanDefinitionNames()).filter((name) -> name.startsWith("foo")).toList()));
	}

	@Test
	void adviceFactoriesAreThoseOfTheCode() {
		this.adviceRunner.run((context) -> assertThat(names((name) -> name.matches("[a-z]\\w*CommandAdviceFactory")))
			.containsExactlyInAnyOrder(context.getBeanNamesForType(CommandAdviceFactory.class)));
	}

	@Test
	void tableOfAdviceIsInOrderOfTheChain() {
		this.adviceRunner.run((context) -> assertThat(Document.of("monitoring.md")
			.rows("| bean | what it adds |")
			.map((row) -> context.getBean(Document.code(row[0]).get(0))))
			.containsExactlyElementsOf(context.getBeanProvider(CommandAdviceFactory.class).orderedStream().toList()));
	}

	private static Set<String> names(Predicate<String> filter) {
		return Document.all()
			.stream()
			.flatMap((document) -> NAME.matcher(document.text()).results())
			.map((match) -> match.group(1))
			.filter(filter)
			.collect(Collectors.toSet());
	}

}
