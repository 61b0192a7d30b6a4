"""Where reports are sent to besides files: services and web addresses. Only when asked, and never with values."""
