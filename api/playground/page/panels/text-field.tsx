import { type InputHTMLAttributes, useId } from "react";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  /** What the server has to say of it. */
  readonly problem?: string | undefined;
}

export function TextField({ label, hint, problem, ...input }: TextFieldProps) {
  const id = useId();
  const said = problem ?? hint;
  return (
    <label className="field">
      {label}
      <input {...input} aria-invalid={problem !== undefined} aria-describedby={said ? id : undefined} />
      {said && (
        <small id={id} className={problem ? "problem" : undefined}>
          {said}
        </small>
      )}
    </label>
  );
}
