using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Keys;

/// <summary>The key to start with.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "LinkMonitor";

    /// <summary>
    /// A key that may do everything, for as long as it is configured: at least 24 characters, your own choice (for example
    /// <c>openssl rand -hex 24</c>). Not stored anywhere. Without it a local start makes a key and prints it once.
    /// </summary>
    [MinLength(24, ErrorMessage = "at least 24 characters are needed; make a key with 'openssl rand -hex 24'.")]
    public string? AdminKey { get; set; }
}
