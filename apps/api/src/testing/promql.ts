// What a PromQL expression asks for: metrics, the labels it picks them by and the labels it groups them by. Read with
// Prometheus' own grammar.
import { parser } from '@prometheus-io/lezer-promql';

export interface Selector {
  metric: string;
  matchers: { label: string; isPattern: boolean; value: string }[];
}

export interface Asked {
  selectors: Selector[];
  groupings: string[];
}

/** @throws Error with the place that Prometheus would not understand */
export function askedBy(expression: string): Asked {
  // Grafana fills these in; any duration is as good.
  const query = expression.replaceAll(/\$__(rate_)?(interval|range)/g, '5m');
  const text = (node: { from: number; to: number }) => query.slice(node.from, node.to);
  const asked: Asked = { selectors: [], groupings: [] };
  parser.parse(query).iterate({
    enter({ type, name, node }) {
      if (type.isError) throw new Error(`Not PromQL: ${query.slice(node.from)}`);
      const part = (kind: string) => text(node.getChild(kind)!);
      if (name === 'VectorSelector') asked.selectors.push({ metric: part('Identifier'), matchers: [] });
      if (name === 'GroupingLabels') asked.groupings.push(...node.getChildren('LabelName').map(text));
      if (name === 'UnquotedLabelMatcher') {
        const matcher = { label: part('LabelName'), value: part('StringLiteral').slice(1, -1) };
        asked.selectors.at(-1)!.matchers.push({ ...matcher, isPattern: part('MatchOp').includes('~') });
      }
    },
  });
  return asked;
}
