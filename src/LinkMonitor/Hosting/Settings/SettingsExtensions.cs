using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Settings;

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
