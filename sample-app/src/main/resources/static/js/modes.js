// How the nodes work together decides what the page says of them. Each mode has
//
//   place            what the link board is on
//   heading          what the nodes are called, all together
//   noun             what one of them is called
//   groupsOf(nodes)  cards of nodes that belong together: { key, index, title, detail,
//                    primary, nodes }, without a primary for those that belong nowhere
//   placeOf(slot)    where a key of that slot is, or a name for keys of several
//   roleOf(node)     what a node is
//   relation(node, { nameOf, primary, nodes })  what it is there for
//   health(nodes, groups)  one sentence on all, as { state, text }

import * as cluster from './modes/cluster.js';
import * as sentinel from './modes/sentinel.js';
import * as sharded from './modes/sharded.js';
import * as standalone from './modes/standalone.js';

const MODES = { cluster, sentinel, sharded, standalone };

export const modeOf = (topology) => MODES[topology.mode];
