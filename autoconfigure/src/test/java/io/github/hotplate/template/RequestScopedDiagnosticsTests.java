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
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestScopedDiagnostics}.
 */
class RequestScopedDiagnosticsTests {

	private final RequestScopedDiagnostics diagnostics = new RequestScopedDiagnostics("foo");

	private final RequestDiagnostics shared = this.diagnostics.get();

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void callersOutsideOfRequestsShareDiagnostics() {
		assertThat(this.diagnostics.get()).isSameAs(this.shared);
	}

	@Test
	void requestKeepsItsDiagnostics() {
		startRequest();
		RequestDiagnostics first = this.diagnostics.get();
		assertThat(first).isNotSameAs(this.shared);
		assertThat(this.diagnostics.get()).isSameAs(first);
	}

	@Test
	void requestsHaveDifferentDiagnostics() {
		startRequest();
		RequestDiagnostics first = this.diagnostics.get();
		startRequest();
		assertThat(this.diagnostics.get()).isNotSameAs(first);
	}

	@Test
	void clientsHaveDifferentDiagnosticsInSameRequest() {
		startRequest();
		assertThat(new RequestScopedDiagnostics("bar").get()).isNotSameAs(this.diagnostics.get());
	}

	@Test
	void threadsThatOutliveTheirRequestShareDiagnostics() {
		ServletRequestAttributes request = startRequest();
		request.requestCompleted();
		assertThat(this.diagnostics.get()).isSameAs(this.shared);
	}

	@Test
	void threadsOfOneRequestShareItsDiagnostics() throws Exception {
		int threads = 4;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 200; round++) {
				ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
				CyclicBarrier barrier = new CyclicBarrier(threads);
				Set<RequestDiagnostics> known = ConcurrentHashMap.newKeySet();
				Callable<Boolean> task = () -> {
					RequestContextHolder.setRequestAttributes(request);
					barrier.await();
					return known.add(this.diagnostics.get());
				};
				executor.invokeAll(IntStream.range(0, threads).mapToObj((i) -> task).toList());
				assertThat(known).hasSize(1);
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
