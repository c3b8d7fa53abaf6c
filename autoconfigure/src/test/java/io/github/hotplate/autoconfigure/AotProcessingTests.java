package io.github.hotplate.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that code can be generated for the beans of a client.
 */
class AotProcessingTests {

	@Test
	@Report("spring-boot #33763")
	void codeIsGeneratedForBeansOfClient() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(
						new MapPropertySource("test", Map.of("foo.url", "redis://127.0.0.1:1", "foo.mode", "sharded")));
			context.register(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class);
			InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("com.example", "Application")), files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			String beans = files.getGeneratedFileContent(Kind.SOURCE,
					ClientBeanFactory.class.getName().replace('.', '/') + "__BeanDefinitions.java");
			assertThat(beans).contains("getFooBeanDefinition", "getFooConnectionFactoryBeanDefinition",
					"getFooCommandExecutorBeanDefinition", "getFooPoolBeanDefinition", "getFooHotKeysBeanDefinition",
					"getFooRetryTemplateBeanDefinition", "getFooShardsBeanDefinition");
		}
	}

}
