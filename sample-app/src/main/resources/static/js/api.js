// The application's JSON API. A refusal becomes an Error with the server's own words.

async function request(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `The server answered ${response.status}`);
  }
  return response.status === 204 ? null : response.json();
}

function send(method, path, body) {
  return request(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

export const traffic = (after) => request(`api/traffic?after=${after}`);
export const topology = () => request('api/topology');
export const visitors = () => request('api/visitors');
export const adjustVisitors = (rate) => send('PUT', 'api/visitors', { rate });
export const hotKeys = () => request('api/hot-keys');
export const adjustSampleRates = (rates) => send('PUT', 'api/hot-keys/rates', rates);
export const clients = () => request('actuator/redisclients');
export const resetStatistics = () => request('actuator/redisclients', { method: 'DELETE' });
export const problems = () => request('api/problems');
export const plantProblem = (id) => request(`api/problems/${id}`, { method: 'PUT' });
export const removeProblem = (id) => request(`api/problems/${id}`, { method: 'DELETE' });
export const statistics = () => request('api/statistics');
export const links = () => request('api/links');
export const submitLink = (link) => send('POST', 'api/links', link);
export const vote = (id) => request(`api/links/${id}/votes`, { method: 'POST' });
export const processes = () => request('api/nodes');
export const stopNode = (port) => request(`api/nodes/${port}`, { method: 'DELETE' });
export const startNode = (port) => request(`api/nodes/${port}`, { method: 'PUT' });
