export const Logo = () => (
  <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true">
    <path fill="var(--mantine-primary-color-light-color)" d="M1 2h14l-5 6v6l-4-2V8z" />
  </svg>
)
