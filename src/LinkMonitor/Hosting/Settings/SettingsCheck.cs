using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Validates every settings class before anything starts, so that what is wrong is reported plainly and all at once.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Failures(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var known = new KnownSettings(services.GetServices<SettingsSection>());
        (string Name, string Told)[] wrong = [.. SettingNames.Failures(configuration, known),
            .. SettingValues.Failures(configuration, known)];

        // With a value that cannot be read the binder throws, and would hide what else is wrong.
        var names = wrong.Select(failure => failure.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var readable = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable()
                .Where(setting => setting.Value is not null && !names.Contains(setting.Key))).Build();
        return
        [
            .. wrong.Select(failure => failure.Told)
                .Concat(services.GetServices<SettingsValidation>()
                    .SelectMany(validation => Run(validation, services, readable, wrong.Length > 0))
                    .Where(failure => !names.Any(name => IsOf(failure, name))))
                .Distinct(),
        ];
    }

    /// <summary>The same again in other words: of a rule, or of the binder.</summary>
    private static bool IsOf(string failure, string name) =>
        failure.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)
            || failure.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase);

    /// <param name="isTold">Something is wrong already: rules that compare settings read them from the services, where the binder
    /// throws.</param>
    private static IReadOnlyList<string> Run(SettingsValidation validation, IServiceProvider services, IConfiguration readable, bool isTold)
    {
        try
        {
            return [.. validation.Failures(services, readable)];
        }
        catch (InvalidOperationException) when (isTold)
        {
            return [];
        }
    }
}

/// <summary>Checks a settings class by its annotations, and names the setting as it is written in the configuration.</summary>
internal sealed class AnnotationsValidator<TSettings>(string section) : IValidateOptions<TSettings> where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(Describe));
    }

    private string Describe(ValidationResult result) =>
        $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";
}

internal static class SettingsExtensions
{
    /// <summary>Binds a settings class to its section and has it validated before anything starts.</summary>
    /// <param name="section">For example <c>LinkMonitor:Monitoring</c>; named in every error.</param>
    public static IServiceCollection AddSettings<TSettings>(this IServiceCollection services, string section) where TSettings : class, new()
    {
        services.AddBoundSettings<TSettings>(section);
        return services.AddSingleton<IValidateOptions<TSettings>>(new AnnotationsValidator<TSettings>(section));
    }

    /// <summary>The same for a settings class with a validator of its own.</summary>
    public static IServiceCollection AddBoundSettings<TSettings>(this IServiceCollection services, string section) where TSettings
        : class, new()
    {
        services.AddOptions<TSettings>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton(SettingsValidation.Of<TSettings>(section));
        return services.AddSingleton(new SettingsSection(section, typeof(TSettings)));
    }
}

/// <summary>A settings class and the section that it is bound to; what has none is no setting of ours.</summary>
/// <param name="Path">For example <c>LinkMonitor:Monitoring</c>.</param>
internal sealed record SettingsSection(string Path, Type Type);

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
