namespace LinkMonitor.Api;

/// <summary>Whether the product can work.</summary>
/// <param name="Status"><c>ok</c>, or <c>failing</c> with HTTP status 503.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Storage"><c>ok</c>, or what is wrong with it.</param>
public sealed record HealthView(string Status, string Version, string Storage);
