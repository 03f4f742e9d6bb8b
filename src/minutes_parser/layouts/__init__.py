"""Ways of printing, one TOML file each."""
