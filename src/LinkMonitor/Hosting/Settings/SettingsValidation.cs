using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Validates one settings class by all of its rules.</summary>
/// <param name="Failures">Of services, and of a configuration without the values that were found wrong already: what is wrong, a line
/// each.</param>
internal sealed record SettingsValidation(Func<IServiceProvider, IConfiguration, IEnumerable<string>> Failures)
{
    /// <summary>Of a class that is bound to a section.</summary>
    public static SettingsValidation Of<TSettings>(string section) where TSettings : class, new() => new((services, configuration) =>
    {
        var settings = new TSettings();
        try
        {
            configuration.GetSection(section).Bind(settings);
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            // The binder's word for a value that cannot be converted; it names the setting and the value.
            return [e.Message];
        }

        return Run(services, settings);
    });

    /// <summary>Applies the rules to settings.</summary>
    public static IEnumerable<string> Run<TSettings>(IServiceProvider services, TSettings settings) where TSettings : class
    {
        var failures = new List<string>();
        foreach (var rule in services.GetServices<IValidateOptions<TSettings>>())
        {
            try
            {
                failures.AddRange(rule.Validate(Options.DefaultName, settings) is { Failed: true } result ? result.Failures : []);
            }
            catch (OptionsValidationException other)
            {
                // It compares with other settings, and those are wrong.
                failures.AddRange(other.Failures);
            }
        }

        return failures;
    }
}
