package io.github.hotplate.template;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Every setting of a {@link MonitoredRedisTemplate} holds in and outside of requests,
 * wherever and whenever it is made.
 */
class TemplateSettingsTests {

	private final MonitoredRedisTemplate template = new ClusterRedisContextFactory("foo",
			mock(RedisConnectionFactory.class))
		.createTemplate();

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	@Report("setEnableTransactionSupport in a request")
	void settingsHoldInRequests() {
		Map<String, Object> settings = change();
		startRequest();
		assertThat(fields()).containsAllEntriesOf(settings);
	}

	@Test
	void settingsMadeAfterRequestBeganHoldInIt() {
		startRequest();
		this.template.diagnostics();
		RequestContextHolder.resetRequestAttributes();
		Map<String, Object> settings = change();
		startRequest();
		assertThat(fields()).containsAllEntriesOf(settings);
	}

	@Test
	void settingsMadeInRequestHoldInOthersAndOutside() {
		startRequest();
		Map<String, Object> settings = change();
		startRequest();
		assertThat(fields()).containsAllEntriesOf(settings);
		RequestContextHolder.resetRequestAttributes();
		assertThat(fields()).containsAllEntriesOf(settings);
	}

	private Map<String, Object> change() {
		Map<String, Object> settings = new LinkedHashMap<>();
		for (PropertyDescriptor property : properties()) {
			Object value = other(property);
			ReflectionTestUtils.invokeSetterMethod(this.template, property.getName(), value,
					property.getPropertyType());
			settings.put(field(property), value);
		}
		assertThat(settings).containsKeys("enableTransactionSupport", "exposeConnection", "enableDefaultSerializer",
				"defaultSerializer", "keySerializer", "valueSerializer", "hashKeySerializer", "hashValueSerializer",
				"stringSerializer", "scriptExecutor", "connectionFactory", "classLoader");
		return settings;
	}

	private Object other(PropertyDescriptor property) {
		Class<?> type = property.getPropertyType();
		return (type == boolean.class) ? !(boolean) get(field(property)) : mock(type);
	}

	private Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (PropertyDescriptor property : properties()) {
			fields.put(field(property), get(field(property)));
		}
		return fields;
	}

	private Object get(String field) {
		return ReflectionTestUtils.getField(this.template, field);
	}

	private static Iterable<PropertyDescriptor> properties() {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(RedisTemplate.class))
			.filter((property) -> property.getWriteMethod() != null)
			.toList();
	}

	private static String field(PropertyDescriptor property) {
		return property.getName().equals("beanClassLoader") ? "classLoader" : property.getName();
	}

	private static void startRequest() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
	}

}
