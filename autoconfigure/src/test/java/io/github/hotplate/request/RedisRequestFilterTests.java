package io.github.hotplate.request;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.servlet.HandlerMapping;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.config.RequestConfig;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link RedisRequestFilter}: what no Tomcat does.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisRequestFilterTests {

	private static final Duration EACH = Duration.ofMillis(2);

	private final RouteStatistics statistics = new RouteStatistics();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/cart/secret");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void attributesAreThoseOfSpringMvc() {
		assertThat(RouteFinder.HANDLER).isEqualTo(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		assertThat(RouteFinder.PATTERN).isEqualTo(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
	}

	@Test
	void requestEndsWithItsDispatchWhereNobodyAnnouncesIt() throws Exception {
		filter(records(0, Duration.ZERO), serve("/cart/{id}", 3));
		assertThat(this.statistics.worst(10)).extracting(RouteUsage::route, RouteUsage::mostCommands)
			.containsExactly(tuple("GET /cart/{id}", 3L));
	}

	@Test
	void requestEndsOnceAndAfterItsErrorPage() throws Exception {
		RequestRecords records = records(0, Duration.ZERO);
		RequestEndListener end = new RequestEndListener(records);
		ServletRequestEvent event = new ServletRequestEvent(new MockServletContext(), this.request);
		end.requestInitialized(event);
		filter(records, serve("/cart/{id}", 3));
		this.request.setDispatcherType(DispatcherType.ERROR);
		filter(records, serve("/error", 1));
		assertThat(this.statistics.worst(10)).isEmpty();
		end.requestDestroyed(event);
		end.requestDestroyed(event);
		assertThat(this.statistics.worst(10)).singleElement()
			.satisfies((usage) -> assertThat(usage.route() + usage.requests() + usage.mostCommands())
				.isEqualTo("GET /cart/{id}14"));
	}

	@Test
	void errorPageInsideOfDispatchLeavesRouteAlone() throws Exception {
		RequestRecords records = records(0, Duration.ZERO);
		filter(records, (request, response) -> {
			serve("/cart/{id}", 3).doFilter(request, response);
			this.request.setDispatcherType(DispatcherType.ERROR);
			new RedisRequestFilter(records, this.failures).doFilter(request, response, serve("/error", 1));
			this.request.setDispatcherType(DispatcherType.REQUEST);
		});
		assertThat(this.statistics.worst(10)).extracting(RouteUsage::route).containsExactly("GET /cart/{id}");
	}

	@Test
	void commandsAreCountedOnceInNestedDispatches() throws Exception {
		RequestRecords records = records(0, Duration.ZERO);
		filter(records, (request, response) -> new RedisRequestFilter(records, this.failures).doFilter(request,
				response, serve("/cart/{id}", 3)));
		assertThat(this.response.getHeaders("Server-Timing")).containsExactly("redis;dur=6.0;desc=\"3 commands\"");
	}

	@Test
	void headerIsWrittenBeforeLastByteOfContent() throws Exception {
		filter(records(0, Duration.ZERO), (request, response) -> {
			RecordedCommands.get(2, EACH);
			((HttpServletResponse) response).setHeader("Content-Length", "4");
			response.getOutputStream().write(new byte[3]);
			assertThat(this.response.getHeader("Server-Timing")).isNull();
			response.getOutputStream().write(0);
			assertThat(this.response.getHeader("Server-Timing")).contains("2 commands");
		});
	}

	@Test
	void exceptionPassesThroughAndIsCounted() {
		assertThatExceptionOfType(ServletException.class)
			.isThrownBy(() -> filter(records(0, Duration.ZERO), (request, response) -> {
				serve("/cart/{id}", 3).doFilter(request, response);
				throw new ServletException("planted");
			}))
			.withMessage("planted");
		assertThat(this.statistics.worst(10)).hasSize(1);
		assertThat(RedisActivity.current()).isEmpty();
	}

	@Test
	void failingListenersDoNotAffectRequest() throws Exception {
		RequestListener failing = new RequestListener() {

			@Override
			public void dispatchEnded(HttpServletRequest request, RedisActivity activity) {
				throw new IllegalStateException("planted");
			}

			@Override
			public void requestEnded(Route route, RedisActivity activity) {
				throw new IllegalStateException("planted");
			}

		};
		filter(new RequestRecords(new RequestConfig(true, true, 0, Duration.ZERO), this.statistics, List.of(failing),
				this.failures), serve("/cart/{id}", 3));
		assertThat(this.failures.count(Part.LISTENER)).isEqualTo(2);
		assertThat(this.statistics.worst(10)).hasSize(1);
		assertThat(this.response.getHeader("Server-Timing")).isNotNull();
	}

	@Test
	void failingHeaderDoesNotAffectRequest() throws Exception {
		MockHttpServletResponse failing = new MockHttpServletResponse() {

			@Override
			public void setHeader(String name, String value) {
				throw new IllegalStateException("planted");
			}

		};
		new RedisRequestFilter(records(0, Duration.ZERO), this.failures).doFilter(this.request, failing,
				serve("/cart/{id}", 3));
		assertThat(this.failures.count(Part.REQUESTS)).isPositive();
		assertThat(this.statistics.worst(10)).hasSize(1);
	}

	@Test
	void warnsOfTimeOnceMinuteForEachRoute(CapturedOutput output) throws Exception {
		RequestRecords records = records(0, Duration.ofMillis(5));
		filter(records, serve("/cart/{id}", 2));
		assertThat(output).doesNotContain("RequestWarnings");
		for (int i = 0; i < 3; i++) {
			MockHttpServletRequest request = new MockHttpServletRequest("GET", "/cart/secret");
			new RedisRequestFilter(records, this.failures).doFilter(request, new MockHttpServletResponse(),
					serve("/cart/{id}", 3));
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("RequestWarnings"))).singleElement()
			.asString()
			.endsWith("GET /cart/{id} sent 3 commands to Redis, which took 6 ms, the longest 2 ms");
	}

	@Test
	void methodsThatHttpDoesNotKnowAreOne() throws Exception {
		this.request.setMethod("SECRET");
		filter(records(0, Duration.ZERO), serve("/cart/{id}", 1));
		assertThat(this.statistics.worst(10)).extracting(RouteUsage::route).containsExactly("UNKNOWN /cart/{id}");
	}

	@Test
	void requestsWithoutPatternAreToldApartByStatus() throws Exception {
		for (int status : new int[] { 302, 404, 200 }) {
			MockHttpServletResponse response = new MockHttpServletResponse();
			response.setStatus(status);
			new RedisRequestFilter(records(0, Duration.ZERO), this.failures).doFilter(
					new MockHttpServletRequest("GET", "/secret"), response,
					(request, served) -> RecordedCommands.get(1, EACH));
		}
		assertThat(this.statistics.worst(10)).extracting(RouteUsage::route)
			.containsExactlyInAnyOrder("GET REDIRECTION", "GET NOT_FOUND", "GET UNKNOWN");
	}

	private RequestRecords records(int warnCommands, Duration warnTime) {
		return new RequestRecords(new RequestConfig(true, true, warnCommands, warnTime), this.statistics, List.of(),
				this.failures);
	}

	private void filter(RequestRecords records, FilterChain chain) throws IOException, ServletException {
		new RedisRequestFilter(records, this.failures).doFilter(this.request, this.response, chain);
	}

	private static FilterChain serve(String pattern, int commands) {
		return (request, response) -> {
			request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
			RecordedCommands.get(commands, EACH);
		};
	}

}
