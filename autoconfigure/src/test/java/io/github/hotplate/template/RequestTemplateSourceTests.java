package io.github.hotplate.template;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequestTemplateSource}.
 */
class RequestTemplateSourceTests {

	private final MonitoredRedisTemplate shared = new MonitoredRedisTemplate(mock(RedisConnectionFactory.class),
			new RequestDiagnostics(System::nanoTime));

	private final RequestTemplateSource source = new RequestTemplateSource("foo", this.shared);

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void sharedTemplateServesOutsideOfRequests() {
		assertThat(this.source.getTarget()).isSameAs(this.shared);
	}

	@Test
	void requestKeepsItsTemplate() {
		startRequest();
		MonitoredRedisTemplate first = this.source.getTarget();
		assertThat(first).isNotSameAs(this.shared);
		assertThat(this.source.getTarget()).isSameAs(first);
	}

	@Test
	void requestsHaveDifferentTemplates() {
		startRequest();
		MonitoredRedisTemplate first = this.source.getTarget();
		startRequest();
		assertThat(this.source.getTarget()).isNotSameAs(first);
	}

	@Test
	void clientsHaveDifferentTemplatesInSameRequest() {
		startRequest();
		assertThat(new RequestTemplateSource("bar", this.shared).getTarget()).isNotSameAs(this.source.getTarget());
	}

	@Test
	void sharedTemplateServesThreadsThatOutliveTheirRequest() {
		ServletRequestAttributes request = startRequest();
		request.requestCompleted();
		assertThat(this.source.getTarget()).isSameAs(this.shared);
	}

	@Test
	void requestTemplateIsConfiguredAsSharedOne() {
		this.shared.setValueSerializer(RedisSerializer.java());
		this.shared.setExposeConnection(true);
		startRequest();
		MonitoredRedisTemplate template = this.source.getTarget();
		assertThat(template.getValueSerializer()).isSameAs(this.shared.getValueSerializer());
		assertThat(template.isExposeConnection()).isTrue();
	}

	@Test
	void threadsOfOneRequestShareOneTemplate() throws Exception {
		int threads = 4;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 200; round++) {
				ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
				CyclicBarrier barrier = new CyclicBarrier(threads);
				Set<MonitoredRedisTemplate> templates = ConcurrentHashMap.newKeySet();
				Callable<Boolean> task = () -> {
					RequestContextHolder.setRequestAttributes(request);
					barrier.await();
					return templates.add(this.source.getTarget());
				};
				executor.invokeAll(IntStream.range(0, threads).mapToObj((i) -> task).toList());
				assertThat(templates).hasSize(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static ServletRequestAttributes startRequest() {
		ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
		RequestContextHolder.setRequestAttributes(request);
		return request;
	}

}
