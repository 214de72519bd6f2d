import React, { useId, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';

/** What a chart shows, in words and as a short table. */
export interface Description {
  readonly summary: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** A chart as a figure, with the same content for those who listen to it. */
export function ChartDescription({
  description,
  children,
}: {
  readonly description: Description;
  readonly children: ReactNode;
}) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      {children}
      <figcaption id={id} className={styles.visuallyHidden}>
        {description.summary}
      </figcaption>
      {description.rows.length > 0 && (
        // A table takes the width of its words, whatever it is told; what is around it does not.
        <div className={styles.visuallyHidden}>
          <table>
            <thead>
              <tr>
                {description.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {description.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}

const getStyles = () => ({
  figure: css({ margin: 0, position: 'relative' }),
  visuallyHidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    padding: 0,
    border: 0,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});
