export interface Option {
  readonly value: string;
  readonly title: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  /** What leaving it open means, such as "All regions". Left out where something must be chosen. */
  readonly open?: string;
  readonly disabled?: boolean;
  readonly onChoose: (value: string) => void;
}

export function Choice({ label, value, options, open, disabled = false, onChoose }: ChoiceProps) {
  return (
    <label className="field">
      {label}
      <select value={value} disabled={disabled} onChange={(event) => onChoose(event.target.value)}>
        {open !== undefined && <option value="">{open}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </label>
  );
}
