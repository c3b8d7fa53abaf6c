package io.github.hotplate.autoconfigure;

import java.io.IOException;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what Boot reads of {@link HotplateAutoConfiguration} without loading it.
 */
class AutoConfigurationMetadataTests {

	@Test
	void conditionOnClassIsKnownWithoutLoadingTheClass() throws IOException {
		Properties metadata = PropertiesLoaderUtils.loadAllProperties(
				"META-INF/spring-autoconfigure-metadata.properties", HotplateAutoConfiguration.class.getClassLoader());
		assertThat(metadata.getProperty(HotplateAutoConfiguration.class.getName() + ".ConditionalOnClass", ""))
			.contains(StringRedisTemplate.class.getName(), UnifiedJedis.class.getName());
	}

}
