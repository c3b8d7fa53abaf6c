// What the nodes have in common, however they work together.

// How to call the nodes: by their ports, unless they are on several hosts.
export function namesOf(nodes) {
  const sameHost = nodes.every((node) => node.host === nodes[0].host);
  return (node) => (sameHost ? `:${node.port}` : `${node.host}:${node.port}`);
}

export const addressOf = (node) => `${node.host}:${node.port}`;

// A process that was just killed answers nobody, whether or not the others noticed.
const stateOf = (node, process) => (process?.running === false && node.state === 'UP' ? 'SUSPECTED' : node.state);

export function withProcesses(nodes, processes) {
  return nodes.map((node) => {
    const process = processes.find((candidate) => candidate.port === node.port);
    return { ...node, state: stateOf(node, process), running: process?.running };
  });
}

export const isUp = (node) => node.state === 'UP';
